import { useState, type ReactNode } from 'react';
import { useAsk } from '@/api/hooks';
import { useOntology } from '@/api/ontology';
import { useSpace } from '@/api/SpaceContext';
import { CheckStep } from '@/features/entities/imports/CheckStep';
import { ColumnsTable } from '@/features/entities/imports/ColumnsTable';
import { firstPlan, toMapping, without, type Plan } from '@/features/entities/imports/plan';
import { PreviewDocument, type Job, type Preview } from '@/features/entities/imports/queries';
import { RunStep } from '@/features/entities/imports/RunStep';
import { StatedThings } from '@/features/entities/imports/StatedThings';
import { t } from '@/text/text';
import { TextArea } from '@/ui/Field';
import { Panel } from '@/ui/Panel';
import { Segmented } from '@/ui/Segmented';
import { Answer } from '@/ui/States';
import styles from '@/features/entities/imports/imports.module.css';

type How = 'choose' | 'paste';

function Steps({ job, preview }: { readonly job: Job; readonly preview: Preview }): ReactNode {
  const ontology = useOntology();
  const [how, setHow] = useState<How>('choose');
  const [plan, setPlan] = useState<Plan>(() => firstPlan(preview, ontology));
  const [pasted, setPasted] = useState<string | null>(null);
  const missing = without(plan);
  const mapping = how === 'paste' ? (pasted ?? toMapping(plan)) : toMapping(plan);
  const delimiter = preview.delimiter === '\t' ? t('imports.tab') : (preview.delimiter ?? '');
  return (
    <>
      <Panel title={t('imports.step.columns')} end={t('imports.layout', { encoding: preview.encoding ?? '', delimiter })}>
        <Segmented<How> label={t('imports.how')} value={how} onChange={setHow}
          options={[{ value: 'choose', label: t('imports.choose') }, { value: 'paste', label: t('imports.paste') }]} />
        {how === 'choose'
          ? <><StatedThings plan={plan} onChange={setPlan} /><ColumnsTable preview={preview} plan={plan} onChange={setPlan} /></>
          : <TextArea mono label={t('imports.paste')} hint={t('imports.pasteHint')} value={mapping} onChange={setPasted} rows={16} spellCheck={false} dir="ltr" />}
        {how === 'choose' && missing.map((letter) => <p key={letter} className={styles['warn']}>{t('imports.noKey', { letter })}</p>)}
      </Panel>
      <CheckStep preview={preview} plan={how === 'choose' ? plan : null} />
      <RunStep job={job} mapping={mapping} ready={how === 'paste' || (missing.length === 0 && plan.things.length > 0)} />
    </>
  );
}

/** Columns, Check and Import of a table. */
export function TableSteps({ job }: { readonly job: Job }): ReactNode {
  const space = useSpace();
  const { entityKinds } = useOntology();
  const preview = useAsk(PreviewDocument, { space: space.id, id: job.id }, { space: space.id });
  return <Answer of={preview}>{({ importPreview }) => entityKinds.length > 0 && <Steps job={job} preview={importPreview} />}</Answer>;
}
