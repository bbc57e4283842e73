/** The environment as the server reads it; refuses what would put people's data on a line in clear. */
export interface Options {
  readonly port: number;
  readonly host: string;
  readonly data: string;
  readonly tls: { readonly cert: string; readonly key: string } | undefined;
  readonly trustProxy: boolean;
  readonly isDemo: boolean;
  /** The data folder was put back from a backup. */
  readonly isRestored: boolean;
}

export type Env = Readonly<Record<string, string | undefined>>;

export function readOptions(env: Env, args: readonly string[]): Options {
  const host = env['HOST'] ?? '127.0.0.1';
  const port = Number(env['PORT'] ?? 8787);
  const [cert, key] = [env['MADOGUCHI_TLS_CERT'], env['MADOGUCHI_TLS_KEY']];
  const trustProxy = env['MADOGUCHI_TRUST_PROXY'] === '1';
  const isDemo = args.includes('--demo');
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error('PORT must be a number from 0 to 65535.');
  if (Boolean(cert) !== Boolean(key))
    throw new Error('MADOGUCHI_TLS_CERT and MADOGUCHI_TLS_KEY belong together: set both or none.');
  if (isDemo && !isLoopback(host))
    throw new Error('--demo serves this machine alone: leave HOST at 127.0.0.1.');
  if (!isLoopback(host) && !cert && !trustProxy)
    throw new Error(
      `Plain http on ${host} would send people's data in clear. Set MADOGUCHI_TLS_CERT and MADOGUCHI_TLS_KEY, or MADOGUCHI_TRUST_PROXY=1 behind a proxy that speaks https.`,
    );
  const tls = cert && key ? { cert, key } : undefined;
  const data = env['MADOGUCHI_DATA'] ?? './data';
  const isRestored = args.includes('--restored');
  return { port, host, data, tls, trustProxy, isDemo, isRestored };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}
