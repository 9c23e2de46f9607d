import { useState, type ReactNode } from 'react';
import type { Layout } from '@/features/entities/imports/plan';
import type { Preview } from '@/features/entities/imports/queries';
import { t } from '@/text/text';
import { Button } from '@/ui/Button';
import { SelectField, TextField } from '@/ui/Field';
import styles from '@/features/entities/imports/imports.module.css';

interface Properties {
  readonly preview: Preview;
  readonly layout: Layout;
  readonly onChange: (layout: Layout) => void;
}

const delimiters = [',', ';', '\t', '|'] as const;
const quotes = ['"', "'", ''] as const;

function Select({ label, value, options, onChange }: { readonly label: string; readonly value: string; readonly options: readonly (readonly [value: string, label: string])[]; readonly onChange: (value: string) => void }): ReactNode {
  const every = options.some(([each]) => each === value) ? options : [[value, value] as const, ...options];
  return <SelectField label={label} value={value} onChange={onChange}>{every.map(([each, word]) => <option key={each} value={each}>{word}</option>)}</SelectField>;
}

function Header({ header, onChange }: { readonly header: number; readonly onChange: (header: number) => void }): ReactNode {
  const [typed, setTyped] = useState(String(header));
  const row = Number(typed);
  const fits = /^\d{1,3}$/.test(typed);
  return (
    <form className={styles['header']} onSubmit={(event) => { event.preventDefault(); if (fits) onChange(row); }}>
      <TextField label={t('imports.header')} hint={t('imports.headerHint')} inputMode="numeric" value={typed} onChange={setTyped} />
      {fits && row !== header && <Button type="submit">{t('imports.readAgain')}</Button>}
    </form>
  );
}

/** How the file is written, as found; whoever knows better says so, and it is read anew. */
export function LayoutFields({ preview, layout, onChange }: Properties): ReactNode {
  const { encoding, delimiter, quote, header, sheet, sheets, encodings } = preview;
  const set = (part: Layout): void => onChange({ ...layout, ...part });
  return (
    <div className={styles['layout']}>
      {sheet != null && <Select label={t('imports.sheet')} value={sheet} options={sheets.map((each) => [each, each])} onChange={(next) => onChange({ sheet: next })} />}
      {encoding != null && <Select label={t('imports.encoding')} value={encoding} options={encodings.map((each) => [each, each])} onChange={(next) => set({ encoding: next })} />}
      {delimiter != null && <Select label={t('imports.delimiter')} value={delimiter} options={delimiters.map((each) => [each, each === '\t' ? t('imports.tab') : each])} onChange={(next) => set({ delimiter: next })} />}
      {quote != null && <Select label={t('imports.quote')} value={quote} options={quotes.map((each) => [each, each || t('imports.none')])} onChange={(next) => set({ quote: next })} />}
      {header != null && <Header key={header} header={header} onChange={(next) => set({ header: next })} />}
    </div>
  );
}
