/** The demo's ever-good codes, one for each counter that has fictional staff. No secret: shown on the demo's sign-in page. */
import staff from '../../seeds/demo-staff.json' with { type: 'json' };

const sites = [...new Set(staff.rows.map((row) => row.site))].sort();

export const demoCodes: Readonly<Record<string, string>> = Object.fromEntries(
  sites.map((site, index) => [site, String(10_000_001 + index * 11_111_111)]),
);

export function demoCodeOf(code: string): string | undefined {
  return sites.find((site) => demoCodes[site] === code);
}
