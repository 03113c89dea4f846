export function EvidencePage() {
  return <h1>Evidence</h1>;
}
