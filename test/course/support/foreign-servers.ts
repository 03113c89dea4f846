import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Small servers in other languages: each keeps 1 KB of every request, its fixed form nothing. They print their address. */
const goServer = (keeps: boolean) => `package main

import (
	"fmt"
	"net"
	"net/http"
	_ "net/http/pprof"
	"sync"
)

var (
	mutex sync.Mutex
	seen  [][]byte
)

func main() {
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		record := make([]byte, 1024)
		copy(record, r.URL.String())
		mutex.Lock()
		${keeps ? 'seen = append(seen, record)' : 'seen = append(seen[:0], record)'}
		mutex.Unlock()
		fmt.Fprintln(w, "ok")
	})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Printf("http://%s/\\n", listener.Addr())
	panic(http.Serve(listener, nil))
}
`;

const pythonServer = (keeps: boolean) => `from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

seen = []

class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self):
        record = self.path.encode().ljust(1024, b" ")
        ${keeps ? 'seen.append(record)' : 'seen[:] = [record]'}
        self.send_response(200)
        self.send_header("Content-Length", "3")
        self.end_headers()
        self.wfile.write(b"ok\\n")

    def log_message(self, *words):
        pass

server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print("http://127.0.0.1:%d/" % server.server_port, flush=True)
server.serve_forever()
`;

/** Whether a program is there to be started. */
export const has = (program: string, ...args: readonly string[]): boolean =>
  spawnSync(program, args, { stdio: 'ignore' }).status === 0;

/** A server that runs, and its process. */
export interface ForeignServer extends AsyncDisposable {
  readonly url: string;
  readonly pid: number;
  readonly child: ChildProcess;
}

/** Builds the Go server and starts it with these variables. Throws with the compiler's words where it does not build. */
export async function startGoServer(
  keeps: boolean,
  environment: Readonly<Record<string, string>> = {},
): Promise<ForeignServer> {
  const folder = mkdtempSync(join(tmpdir(), 'leak-lab-go-'));
  writeFileSync(join(folder, 'main.go'), goServer(keeps));
  const cache = { GOCACHE: join(tmpdir(), 'leak-lab-go-cache'), GOTOOLCHAIN: 'local' };
  const build = spawnSync('go', ['build', '-o', 'server', 'main.go'], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, ...cache },
  });
  if (build.status !== 0) throw new Error(`go build ended with ${build.status}: ${build.stderr}`);
  return started(join(folder, 'server'), [], environment, folder);
}

export async function startPythonServer(keeps: boolean): Promise<ForeignServer> {
  const folder = mkdtempSync(join(tmpdir(), 'leak-lab-python-'));
  writeFileSync(join(folder, 'server.py'), pythonServer(keeps));
  return started('python3', [join(folder, 'server.py')], {}, folder);
}

async function started(
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  folder: string,
): Promise<ForeignServer> {
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...environment },
  });
  const [address] = (await once(child.stdout, 'data')) as [Buffer];
  return {
    url: address.toString().trim(),
    pid: child.pid ?? 0,
    child,
    async [Symbol.asyncDispose]() {
      const exited = once(child, 'exit');
      if (child.kill('SIGKILL')) await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
