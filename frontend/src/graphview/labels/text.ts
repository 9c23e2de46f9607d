const LONGEST = 22;
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

const known = new Map<string, string>();

/** A label of at most 22 characters: identifiers lose their middle, names their end. */
export function shortLabel(caption: string, identifier: boolean): string {
  const text = caption.trim();
  if (text.length <= LONGEST) return text;
  const key = `${identifier ? '#' : ''}${text}`;
  const label = known.get(key) ?? shortened(text, identifier);
  if (known.size > 20_000) known.clear();
  known.set(key, label);
  return label;
}

function shortened(text: string, identifier: boolean): string {
  const characters = Array.from(graphemes.segment(text), ({ segment }) => segment);
  if (characters.length <= LONGEST) return text;
  if (identifier && /\d{4}/u.test(text.replaceAll(' ', ''))) return `${characters.slice(0, 4).join('')} … ${characters.slice(-4).join('')}`;
  return `${characters.slice(0, LONGEST - 1).join('').trimEnd()}…`;
}
