/**
 * What kinds are called, for words that must not load the rules. Every kind says its own label and brings it here when the
 * registry is loaded; those of the first list are needed before that, on the lock screen.
 */
const labels = new Map([
  ['visit', '来所'],
  ['staff', '職員'],
  ['site', '窓口'],
  ['organisation', '組織'],
]);

export function nameKinds(
  kinds: readonly { readonly name: string; readonly label: string }[],
): void {
  for (const { name, label } of kinds) labels.set(name, label);
}

export function kindLabel(name: string): string {
  return labels.get(name) ?? name;
}
