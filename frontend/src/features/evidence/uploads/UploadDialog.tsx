import { IconX } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import type { Derivation } from '@/api/generated/graphql';
import { useSpace } from '@/api/SpaceContext';
import { derivationNamed } from '@/features/evidence/draft';
import { derivations } from '@/features/evidence/queries';
import { belonging, ChoiceFields, gradeOf, type Belonging } from '@/features/evidence/uploads/ChoiceFields';
import { FilesField } from '@/features/evidence/uploads/FilesField';
import { useDrop } from '@/features/evidence/uploads/useDrop';
import { useUploads } from '@/features/evidence/uploads/useUploads';
import { formatBytes } from '@/text/format';
import { t } from '@/text/text';
import { Button, IconButton } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { SelectField, TextField } from '@/ui/Field';
import { zone } from '@/ui/tasks/due';
import styles from '@/features/evidence/evidence.module.css';

/** What the files of an upload are derived from. */
export interface Parent {
  readonly id: string;
  readonly number: string;
  readonly case: string;
  readonly handling: string;
}
interface Properties {
  readonly files: readonly File[];
  readonly parent?: Parent | null;
  /** The case that the list shows. */
  readonly inCase?: string;
  readonly onClose: () => void;
}

function Chosen({ files, onRemove }: { readonly files: readonly File[]; readonly onRemove: (at: number) => void }): ReactNode {
  return (
    <>
      <p className={styles['second']} role="status">{t('upload.chosen', { count: files.length, size: formatBytes(files.reduce((sum, { size }) => sum + size, 0)) })}</p>
      <ul className={styles['chosen']}>
        {files.map((file, at) => (
          <li key={`${at} ${file.name}`}>
            <bdi className={styles['ellipsis']}>{file.name}</bdi>
            <span className={styles['xs']}>{formatBytes(file.size)}</span>
            <IconButton small label={t('upload.leaveOut', { name: file.name })} icon={<IconX size={14} aria-hidden />} onClick={() => onRemove(at)} />
          </li>
        ))}
      </ul>
    </>
  );
}

/** Which files come in, into which case, under which markings, grade and handling. */
export function UploadDialog({ files: dropped, parent = null, inCase = '', onClose }: Properties): ReactNode {
  const { cases } = useSpace();
  const { queue } = useUploads();
  const [files, setFiles] = useState(dropped);
  const { over, unread } = useDrop(true, true, (more) => setFiles((before) => [...before, ...more]));
  const [title, setTitle] = useState('');
  const first = parent?.case ?? (inCase || (cases.length === 1 ? (cases[0]?.id ?? '') : ''));
  const [value, setValue] = useState<Belonging>({ ...belonging(first), handling: parent?.handling ?? 'H0' });
  const [derivation, setDerivation] = useState<Derivation>('OTHER');
  const [language, setLanguage] = useState('');
  const send = (): void => {
    void queue.add(files, {
      case: value.case, title: files.length === 1 ? title.trim() : '', grade: gradeOf(value), handling: value.handling, markings: value.markings,
      parent: parent?.id ?? '', derivation: parent ? derivation : '', language: language.trim(), zone: zone(),
    });
    onClose();
  };
  return (
    <Dialog wide title={parent ? t('upload.derive', { number: parent.number }) : t('upload.title')} onClose={onClose} onSubmit={send} actions={<>
      <Button onClick={onClose}>{t('ui.cancel')}</Button>
      <Button type="submit" look="primary" disabled={files.length === 0 || !value.case}>{t('upload.send')}</Button>
    </>}>
      {cases.length === 0 && <p>{t('evidence.noCase')}</p>}
      <FilesField label={t('upload.choose')} hint={t('upload.filesHint')} onChange={(more) => setFiles([...files, ...more])} />
      {over && <p className={styles['here']}>{t('upload.drop')}</p>}
      {unread && <p role="alert" className={styles['danger']}>{t('upload.unread')}</p>}
      {files.length > 0 && <Chosen files={files} onRemove={(at) => setFiles(files.filter((_, place) => place !== at))} />}
      {files.length === 1 && <TextField label={t('evidence.titleField')} hint={t('upload.titleHint')} maxLength={300} value={title} onChange={setTitle} />}
      {parent && (
        <div className={styles['fields']}>
          <SelectField label={t('upload.derivation', { number: parent.number })} value={derivation} onChange={(name) => setDerivation(derivationNamed(name))}>
            {derivations.map((each) => <option key={each} value={each}>{t(`derivation.${each}`)}</option>)}
          </SelectField>
          <TextField label={t('exhibit.language')} hint={t('upload.languageHint')} value={language} onChange={setLanguage} />
        </div>
      )}
      <ChoiceFields value={value} set={(part) => setValue({ ...value, ...part })} />
      {parent && <p className={styles['second']}>{t('upload.inherits', { number: parent.number })}</p>}
      <p className={styles['xs']}>{t('upload.zone', { zone: zone() })}</p>
    </Dialog>
  );
}
