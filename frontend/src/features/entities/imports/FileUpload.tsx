import { useId, useState, type ReactNode } from 'react';
import { refresh } from '@/api/cache';
import { upload } from '@/features/entities/imports/upload';
import { formatBytes } from '@/text/format';
import { t } from '@/text/text';
import controls from '@/ui/controls.module.css';
import styles from '@/features/entities/imports/imports.module.css';

interface Upload {
  /** Bytes that have left; null when nothing is being sent. */
  readonly sent: number | null;
  readonly error: Error | null;
  readonly send: (importId: string, file: File) => Promise<void>;
}

/** Sends files and keeps how far they have got. `send` resolves when the server has the whole file and never rejects: see `error`. */
export function useUpload(space: string): Upload {
  const [sent, setSent] = useState<number | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const send = async (importId: string, file: File): Promise<void> => {
    setSent(0);
    setError(null);
    try {
      await upload(space, importId, file, setSent);
    } catch (failure) {
      setError(failure instanceof Error ? failure : new Error('upload failed'));
    }
    setSent(null);
    await refresh(space, ['Imports', 'ImportJob']);
  };
  return { sent, error, send };
}

export function Sending({ sent, all }: { readonly sent: number; readonly all: number }): ReactNode {
  const words = t('imports.sending', { done: formatBytes(sent), all: formatBytes(all) });
  return <div role="status"><progress className={styles['progress']} value={sent} max={all} aria-label={words} /><span className={styles['xs']}>{words}</span></div>;
}

interface Properties {
  readonly file: File | null;
  readonly onChange: (file: File | null) => void;
}

/** Chooses a file; its size shows once it is chosen. */
export function FilePicker({ file, onChange }: Properties): ReactNode {
  const id = useId();
  return (
    <div className={controls['field']}>
      <label htmlFor={id}>{t('imports.file')}</label>
      <input id={id} type="file" className={controls['input']} aria-describedby={`${id}-about`} accept=".json,.ijson,.ftm,.jsonl,.ndjson,.csv,.tsv,.tab,.txt,.xlsx,.xlsm"
        onChange={(event) => onChange(event.target.files?.[0] ?? null)} />
      <span id={`${id}-about`} className={controls['hint']}>{file ? formatBytes(file.size) : t('imports.fileHint')}</span>
    </div>
  );
}
