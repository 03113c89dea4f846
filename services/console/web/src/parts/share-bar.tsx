/** A part of the greatest, as a bar behind nothing: the number stands beside it. */
export function ShareBar({ share }: { readonly share: number }) {
  const percent = Math.min(100, Math.max(0, share * 100));
  return (
    <span class="share" aria-hidden="true">
      <span style={{ width: `${percent}%` }} />
    </span>
  );
}
