import { defaultSettings, parseSetting, type SettingName, type Settings } from './settings.ts';

export interface Config {
  readonly host: string;
  readonly port: number;
  readonly allowedHosts: ReadonlySet<string>;
  readonly settings: Settings;
}

/** Reads the environment once. Throws an `Error` that names the variable, what it expects and what it holds. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const setting = (variable: string, name: SettingName): number => {
    const text = environment[variable];
    if (text === undefined || text === '') return defaultSettings[name];
    try {
      return parseSetting(name, text);
    } catch (error) {
      throw new Error(`The variable ${variable} is wrong. ${(error as Error).message}`);
    }
  };
  return {
    host: environment['HOST'] || '127.0.0.1',
    port: readPort(environment['PORT'] || '8090'),
    allowedHosts: new Set(
      (environment['ALLOWED_HOSTS'] ?? '')
        .split(',')
        .map((name) => name.trim().toLowerCase())
        .filter((name) => name !== ''),
    ),
    settings: {
      latency_ms: setting('LATENCY_MS', 'latency_ms'),
      body_bytes: setting('BODY_BYTES', 'body_bytes'),
      failure_ratio: setting('FAILURE_RATIO', 'failure_ratio'),
    },
  };
}

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) {
    throw new Error(
      `The variable PORT is wrong. Expected a number from 0 to 65535, got ${JSON.stringify(text)}.`,
    );
  }
  return port;
}
