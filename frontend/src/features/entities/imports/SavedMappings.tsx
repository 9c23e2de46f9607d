import { IconTrash } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { refresh } from '@/api/cache';
import { useAct, useAsk } from '@/api/hooks';
import { useRight, useSpace } from '@/api/SpaceContext';
import { DeleteMapping, MappingsDocument, SaveMapping, type Job, type Preview, type SavedMapping } from '@/features/entities/imports/queries';
import { formatAge } from '@/text/format';
import { t } from '@/text/text';
import { Button, IconButton } from '@/ui/Button';
import { TextField } from '@/ui/Field';
import { Problem } from '@/ui/States';
import styles from '@/features/entities/imports/imports.module.css';

interface Properties {
  readonly job: Job;
  readonly preview: Preview;
  readonly mapping: string;
  readonly onTake: (mapping: string) => void;
}

function Offered({ saved, onTake, onDelete }: { readonly saved: SavedMapping; readonly onTake: () => void; readonly onDelete: () => void }): ReactNode {
  return (
    <li className={styles['buttons']}>
      <Button onClick={onTake}>{t('imports.take', { name: saved.name })}</Button>
      <span className={styles['xs']}>{t('imports.by', { name: saved.savedBy.name, age: formatAge(saved.savedAt) })}</span>
      <IconButton label={t('imports.deleteMapping', { name: saved.name })} icon={<IconTrash size={16} aria-hidden />} onClick={onDelete} />
    </li>
  );
}

/** The agency's mappings that fit this table's columns, and a name under which this one is kept. */
export function SavedMappings({ job, preview, mapping, onTake }: Properties): ReactNode {
  const space = useSpace();
  const mayImport = useRight('IMPORT');
  const [name, setName] = useState('');
  const answer = useAsk(MappingsDocument, { space: space.id }, { space: space.id, enabled: mayImport });
  const again = (): Promise<void> => refresh(space.id, ['ImportMappings']);
  const save = useAct(SaveMapping, () => { setName(''); return again(); });
  const drop = useAct(DeleteMapping, again);
  const columns = new Set(preview.columns.map((column) => column.name));
  const fitting = (answer.data?.importMappings ?? []).filter((saved) => saved.columns.every((column) => columns.has(column)));
  if (!mayImport) return null;
  return (
    <>
      {fitting.length > 0 && (
        <ul aria-label={t('imports.savedMappings')}>
          {fitting.map((saved) => <Offered key={saved.id} saved={saved} onTake={() => onTake(saved.mapping)} onDelete={() => drop.mutate({ space: space.id, id: saved.id })} />)}
        </ul>
      )}
      <form className={styles['keep']} onSubmit={(event) => { event.preventDefault(); save.mutate({ space: space.id, id: job.id, name: name.trim(), mapping }); }}>
        <TextField label={t('imports.mappingName')} hint={t('imports.mappingHint')} value={name} onChange={setName} />
        <Button type="submit" disabled={!name.trim() || save.isPending}>{t('imports.saveMapping')}</Button>
      </form>
      <Problem error={save.error ?? drop.error} />
    </>
  );
}
