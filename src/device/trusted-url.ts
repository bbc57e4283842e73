/**
 * The one Trusted Types policy of the product, `app`: it lets through the service worker and our own hashed worker files,
 * of this origin, and nothing else. Where the browser has no Trusted Types the address is used as it is.
 */
interface Policy {
  readonly createScriptURL: (url: string) => string;
}

interface PolicyFactory {
  readonly createPolicy: (
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ) => Policy;
}

const allowed = /^\/(sw\.js|assets\/[\w.-]+\.js|src\/device\/[\w.-]+\.ts\?[\w&=-]+)$/;
let policy: Policy | undefined;

/** The answer passes for a string to the types and is a TrustedScriptURL to a browser that has them. */
export function trustedUrl(url: string): string {
  const factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes;
  policy ??= factory?.createPolicy('app', { createScriptURL: onlyOurs });
  return policy ? policy.createScriptURL(url) : onlyOurs(url);
}

function onlyOurs(url: string): string {
  if (!allowed.test(url)) throw new TypeError('not a script of ours');
  return url;
}
