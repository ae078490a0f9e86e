/** Grey bars in the shape of what comes; seen after 150 ms, so that quick answers do not flicker. */
export function SkeletonLines({ lines, label }: { lines: number; label: string }) {
  return (
    <div className="late" aria-busy="true">
      <p className="sr" role="status">
        {label}
      </p>
      {Array.from({ length: lines }, (_, index) => (
        <div className="sk-line" key={index} aria-hidden>
          <span className="sk" style={{ width: `${[62, 48, 70, 55, 66, 44][index % 6]}%` }} />
        </div>
      ))}
    </div>
  );
}
