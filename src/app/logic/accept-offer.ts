/**
 * An offer as the beginning of the receiver's own registration. Texts told freely go where the file has text for them;
 * welfare is the city's own part and is not copied into the file.
 */
import { graphemeLength } from '../../domain/names.ts';
import { text, type Values } from '../../domain/value.ts';

/** Names, dates and numbers that an offer and the file have alike. */
export const sameInOffer = [
  'familyName',
  'givenName',
  'familyKana',
  'givenKana',
  'birthDate',
  'phone',
];
/** The file's field is 200 characters, the offer's text 600: what does not fit stays readable in the handoff. */
const longest = 200;

export function seekerFromOffer(offer: Values): Values {
  const known = sameInOffer.flatMap((name) => {
    const value = offer[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const wishes = text(offer['wishesText']);
  const considerations = text(offer['considerationsText']);
  return {
    ...Object.fromEntries(known),
    ...(wishes && graphemeLength(wishes) <= longest ? { wishes: { jobText: wishes } } : {}),
    ...(considerations && graphemeLength(considerations) <= 400 ? { considerations } : {}),
  };
}
