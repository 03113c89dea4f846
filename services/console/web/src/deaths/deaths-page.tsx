export function DeathsPage() {
  return <h1>Deaths</h1>;
}
