export function LeaksPage() {
  return <h1>Leaks</h1>;
}
