/** Goes to a page of ours by a full load: nothing that was read for somebody else stays in memory. */
export function loadAnew(path: string): void {
  window.location.assign(path);
}
