import { useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { refresh } from '@/api/cache';
import type { ImportFormat } from '@/api/generated/graphql';
import { useAct, useAsk } from '@/api/hooks';
import { useMe } from '@/api/session';
import { useSpace } from '@/api/SpaceContext';
import { FilePicker, Sending, useUpload } from '@/features/entities/imports/FileUpload';
import { CreateImport, ImportsDocument, type Job } from '@/features/entities/imports/queries';
import { t } from '@/text/text';
import { Button } from '@/ui/Button';
import { Check, FieldGroup, SelectField, TextField } from '@/ui/Field';
import { Panel } from '@/ui/Panel';
import { Problem } from '@/ui/States';
import styles from '@/features/entities/imports/imports.module.css';

const formats: readonly ImportFormat[] = ['CSV', 'XLSX', 'JSON', 'FTM_JSON'];
const reliabilities = ['A', 'B', 'C', 'D', 'E', 'F'] as const;
const credibilities = ['1', '2', '3', '4', '5', '6'] as const;
const handlings = ['H0', 'H1', 'H2', 'H3'] as const;

interface Choices {
  readonly inCase: string;
  /** The import whose data set this file belongs to; empty for a new one. */
  readonly joins: string;
  readonly name: string;
  readonly format: ImportFormat;
  readonly markings: readonly string[];
  readonly reliability: string;
  readonly credibility: string;
  readonly handling: string;
}

const looked = 65_536;

/** The format that a file's name speaks for; of JSON lines, whether the first one names a FollowTheMoney schema. */
async function formatOf(file: File): Promise<ImportFormat> {
  if (/\.(csv|tsv|txt|tab)$/i.test(file.name)) return 'CSV';
  if (/\.xls[xm]$/i.test(file.name)) return 'XLSX';
  const first = (await file.slice(0, looked).text()).split('\n').find((line) => line.trim());
  return !first || /"schema"\s*:/.test(first) ? 'FTM_JSON' : 'JSON';
}
const nameOf = (fileName: string): string => fileName.replace(/\.[^.]+$/, '');

/** Data sets that the reader's agency began in the case, newest first, each once. */
function useDataSets(inCase: string): readonly Job[] {
  const space = useSpace();
  const me = useMe();
  const answer = useAsk(ImportsDocument, { space: space.id }, { space: space.id });
  const own = (answer.data?.imports ?? []).filter((job) => job.case.id === inCase && job.createdBy.agency.id === me.agency.id);
  const keyOf = ({ name, chosen }: Job): string => [name, ...chosen].join('\n');
  return own.filter((job, at) => own.findIndex((each) => keyOf(each) === keyOf(job)) === at);
}

/** A data set of its own, or one that was begun before: rows of one data set meet. */
function DataSet({ value, set }: { readonly value: Choices; readonly set: (part: Partial<Choices>) => void }): ReactNode {
  const begun = useDataSets(value.inCase);
  const join = (id: string): void => {
    const job = begun.find((each) => each.id === id);
    set(job ? { joins: id, name: job.name, markings: job.chosen } : { joins: '' });
  };
  return (
    <>
      {begun.length > 0 && (
        <SelectField label={t('imports.dataSet')} hint={t('imports.dataSetHint')} value={value.joins} onChange={join}>
          <option value="">{t('imports.newDataSet')}</option>
          {begun.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
        </SelectField>
      )}
      {!value.joins && <TextField label={t('imports.name')} hint={t('imports.nameHint')} value={value.name} onChange={(name) => set({ name })} />}
    </>
  );
}

function Fields({ value, set }: { readonly value: Choices; readonly set: (part: Partial<Choices>) => void }): ReactNode {
  const { cases, markings } = useSpace();
  return (
    <>
      <div className={styles['grid']}>
        <DataSet value={value} set={set} />
        <SelectField label={t('imports.format')} value={value.format} onChange={(next) => set({ format: formats.find((each) => each === next) ?? value.format })}>
          {formats.map((each) => <option key={each} value={each}>{t(`imports.format.${each}`)}</option>)}
        </SelectField>
        <SelectField label={t('record.case')} value={value.inCase} onChange={(inCase) => set({ inCase, joins: '' })}>
          {cases.map((each) => <option key={each.id} value={each.id}>{each.title}</option>)}
        </SelectField>
        <SelectField label={`${t('record.grade')}: ${t('record.reliability')}`} value={value.reliability} onChange={(reliability) => set({ reliability })}>
          <option value="">{t('record.ungraded')}</option>
          {reliabilities.map((each) => <option key={each} value={each}>{`${each} ${t(`reliability.${each}`)}`}</option>)}
        </SelectField>
        <SelectField label={`${t('record.grade')}: ${t('record.credibility')}`} value={value.credibility} onChange={(credibility) => set({ credibility })}>
          <option value="">{t('record.ungraded')}</option>
          {credibilities.map((each) => <option key={each} value={each}>{`${each} ${t(`credibility.${each}`)}`}</option>)}
        </SelectField>
        <SelectField label={t('record.handling')} value={value.handling} onChange={(handling) => set({ handling })}>
          {handlings.map((each) => <option key={each} value={each}>{t(`handling.${each}`)}</option>)}
        </SelectField>
      </div>
      {markings.length > 0 && !value.joins && (
        <FieldGroup label={t('record.markings')}>
          <div className={styles['checks']}>
            {markings.map(({ marking: { id, name } }) => (
              <Check key={id} label={<bdi>{name}</bdi>} checked={value.markings.includes(id)}
                onChange={(on) => set({ markings: on ? [...value.markings, id] : value.markings.filter((each) => each !== id) })} />
            ))}
          </div>
        </FieldGroup>
      )}
    </>
  );
}

/** Step one of an import: the file, and under which case, markings, grade and handling it comes in. */
export function NewImport(): ReactNode {
  const space = useSpace();
  const navigate = useNavigate();
  const [file, setFile] = useState<File | null>(null);
  const [value, setValue] = useState<Choices>({ inCase: space.cases[0]?.id ?? '', joins: '', name: '', format: 'FTM_JSON', markings: [], reliability: '', credibility: '', handling: 'H0' });
  const sending = useUpload(space.id);
  const open = (id: string): void => void navigate(`/s/${space.id}/import/${id}`);
  const create = useAct(CreateImport, ({ createImport: { id } }) => {
    void refresh(space.id, ['Imports']);
    if (file) void sending.send(id, file).then(() => open(id));
  });
  const choose = (chosen: File | null): void => {
    setFile(chosen);
    if (!chosen) return;
    setValue((before) => ({ ...before, name: before.name || nameOf(chosen.name) }));
    void formatOf(chosen).then((format) => setValue((before) => ({ ...before, format })));
  };
  const submit = (): void => {
    const { inCase, name, format, markings, reliability, credibility, handling } = value;
    create.mutate({ space: space.id, case: inCase, name: name.trim(), format, fileName: file?.name ?? '', markings: [...markings], grade: reliability && credibility ? reliability + credibility : null, handling });
  };
  const busy = create.isPending || sending.sent !== null;
  if (space.cases.length === 0) return <p>{t('imports.noCase')}</p>;
  return (
    <Panel title={t('imports.new')}>
      <FilePicker file={file} onChange={choose} />
      {file && <Fields value={value} set={(part) => setValue({ ...value, ...part })} />}
      {file && sending.sent !== null && <Sending sent={sending.sent} all={file.size} />}
      <Problem error={create.error ?? sending.error} />
      {file && <div className={styles['buttons']}><Button look="primary" disabled={busy || !value.name.trim() || !value.inCase} onClick={submit}>{t('imports.start')}</Button></div>}
    </Panel>
  );
}
