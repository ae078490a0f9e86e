/** Hands a text to the browser as a file. @param type its media type */
export function download(name: string, type: "text/csv" | "text/plain", text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  Object.assign(document.createElement("a"), { href: address, download: name }).click();
  URL.revokeObjectURL(address);
}
