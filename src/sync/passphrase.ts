/**
 * 合言葉: shown once on the giver's screen, told across the desk, typed by the receiver. Eight characters of thirty-two:
 * 40 bits, of which every guess costs Argon2id. No I, O, 0 or 1, which look alike; small and full-width letters, spaces
 * and hyphens are forgiven.
 */
const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
export const passphraseLength = 8;

/** From as many random bytes; 32 divides 256, so that no character is likelier than another. */
export function passphraseFrom(random: Uint8Array): string {
  return [...random.subarray(0, passphraseLength)].map((byte) => alphabet[byte & 31]).join('');
}

/** For the eye: in two halves. */
export function shownPassphrase(passphrase: string): string {
  return `${passphrase.slice(0, 4)}-${passphrase.slice(4)}`;
}

/** undefined where it cannot be one, whatever the file. */
export function readPassphrase(typed: string): string | undefined {
  const read = typed
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s\-‐‑–—―−ー_]/g, '');
  const isOne =
    read.length === passphraseLength && read.split('').every((char) => alphabet.includes(char));
  return isOne ? read : undefined;
}
