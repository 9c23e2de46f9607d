import { createContext, useContext, useState, type ReactNode } from 'react';
import { useRight } from '@/api/SpaceContext';
import { CiteDialog } from '@/features/evidence/citing/CiteDialog';
import { formatPlace, type Place } from '@/features/evidence/locator';
import type { ExhibitInfo } from '@/features/evidence/queries';
import { t } from '@/text/text';
import type { Cite } from '@/ui/records/draft';

/** Begins a record that cites a place, with the text there; null for whom may not. */
export type Begin = ((place: Place, text: string) => void) | null;
const Beginning = createContext<Begin>(null);
export const useBegin = (): Begin => useContext(Beginning);

/** Lets what it holds begin records that cite an exhibit. Nothing new rests on one whose hash differs. */
export function Citing({ of, children }: { readonly of: ExhibitInfo; readonly children: ReactNode }): ReactNode {
  const writes = useRight('WRITE_CONTENT');
  const [cite, setCite] = useState<Cite | null>(null);
  const [done, setDone] = useState('');
  const begin = (place: Place, text: string): void => {
    setDone('');
    setCite({ exhibit: { id: of.id, number: of.number, title: of.title }, locator: formatPlace(place), text, grade: of.grade ?? null, handling: of.handling });
  };
  const close = (): void => setCite(null);
  return (
    <Beginning value={writes && !of.integrityAlert ? begin : null}>
      {children}
      <span className="visually-hidden" role="status">{done && t('citing.done', { citation: done })}</span>
      {cite && <CiteDialog cite={cite} inCase={of.case?.id ?? null} onClose={close} onDone={() => {
        setDone([of.number, cite.locator].filter(Boolean).join(' '));
        close();
      }} />}
    </Beginning>
  );
}
