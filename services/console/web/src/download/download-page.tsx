export function DownloadPage() {
  return <h1>Download</h1>;
}
