import type { Hit } from '@/features/entities/search/hits';
import { t, type TextKey } from '@/text/text';

type Reason = Hit['why'][number];
export interface Piece {
  readonly text: string;
  readonly marked: boolean;
}

/** The matched value in pieces, the words that answer what was typed marked; a long text begins shortly before the first. */
export function pieces(value: string, why: readonly Pick<Reason, 'found'>[]): readonly Piece[] {
  const lower = value.toLocaleLowerCase();
  const ranges = why.map(({ found }) => [lower.indexOf(found.toLocaleLowerCase()), found.length] as const)
    .filter(([at]) => at >= 0).sort(([a], [b]) => a - b);
  const [first] = ranges;
  if (!first) return [{ text: value, marked: true }];
  const start = first[0] > 60 ? first[0] - 40 : 0;
  const found: Piece[] = start ? [{ text: '…', marked: false }] : [];
  let at = start;
  for (const [from, length] of ranges) {
    if (from < at) continue;
    if (from > at) found.push({ text: value.slice(at, from), marked: false });
    found.push({ text: value.slice(from, from + length), marked: true });
    at = from + length;
  }
  return at < value.length ? [...found, { text: value.slice(at), marked: false }] : found;
}

const scripts = ['Latin', 'Cyrillic', 'Greek', 'Arabic'] as const;
const inScript = { Latin: /\p{Script=Latin}/u, Cyrillic: /\p{Script=Cyrillic}/u, Greek: /\p{Script=Greek}/u, Arabic: /\p{Script=Arabic}/u };

function scriptOf(text: string): string {
  const script = scripts.find((each) => inScript[each].test(text));
  return script ? t(`search.script.${script}`) : t('search.script.other');
}

/** One reason in words; what is plain to see in the marked value needs none. */
function words({ typed, found, how }: Reason): string | null {
  if (how === 'EXACT' || how === 'BEGINS') return null;
  return how === 'SCRIPT' ? t('search.how.SCRIPT', { script: scriptOf(found) }) : t(`search.how.${how}` satisfies TextKey, { typed });
}

/** Why a hit matched, each reason once. */
export function reasons(why: readonly Reason[]): readonly string[] {
  return [...new Set(why.flatMap((each) => words(each) ?? []))];
}
