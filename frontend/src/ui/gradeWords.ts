import { t } from '@/text/text';

const four = /^4\s*[x×]\s*4:?\s*([ABCX])[\s/-]?([1-4])$/i;
const three = /^3\s*[x×]\s*5\s*[x×]\s*2:?\s*([1-3])[\s/-]?([A-E])(?:[\s/-]?[PC])?$/i;

/** A grade as its source gave it, in words where its scale is known: Europol's 4x4 or the British 3x5x2. */
export function originalWords(text: string): string {
  const inFour = four.exec(text.trim());
  const inThree = three.exec(text.trim());
  if (inFour) return said(text, `4x4.${upper(inFour[1])}` as '4x4.A', `4x4.${upper(inFour[2])}` as '4x4.1');
  if (inThree) return said(text, `3x5x2.${upper(inThree[1])}` as '3x5x2.1', `3x5x2.${upper(inThree[2])}` as '3x5x2.A');
  return text;
}

type Letter = '4x4.A' | '4x4.1' | '3x5x2.1' | '3x5x2.A';
const upper = (letter: string | undefined): string => (letter ?? '').toUpperCase();
const said = (grade: string, reliability: Letter, credibility: Letter): string =>
  t('grade.title', { grade, reliability: t(`grade.${reliability}`), credibility: t(`grade.${credibility}`) });
