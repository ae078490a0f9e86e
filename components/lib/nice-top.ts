/** A round number at or above the highest figure of a picture, whose half is a whole one. */
export function niceTop(most: number): number {
  if (most <= 2) return 2;
  const power = 10 ** Math.floor(Math.log10(most));
  const step = [1, 2, 4, 6, 8, 10].find((each) => each * power >= most) ?? 10;
  return step * power === 1 ? 2 : step * power;
}
