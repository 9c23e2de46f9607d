import { useState, type ReactNode } from 'react';
import { useAsk } from '@/api/hooks';
import { useOntology } from '@/api/ontology';
import { useRight, useSpace } from '@/api/SpaceContext';
import { CheckStep } from '@/features/entities/imports/CheckStep';
import { ColumnsTable } from '@/features/entities/imports/ColumnsTable';
import { LayoutFields } from '@/features/entities/imports/LayoutFields';
import { fromMapping, toMapping } from '@/features/entities/imports/mappingText';
import { firstPlan, unsaid, without, type Layout, type Plan } from '@/features/entities/imports/plan';
import { CheckDocument, PreviewDocument, type Job, type Preview } from '@/features/entities/imports/queries';
import { RunStep } from '@/features/entities/imports/RunStep';
import { SavedMappings } from '@/features/entities/imports/SavedMappings';
import { StatedThings } from '@/features/entities/imports/StatedThings';
import { t } from '@/text/text';
import { Check, TextArea } from '@/ui/Field';
import { Panel } from '@/ui/Panel';
import { Segmented } from '@/ui/Segmented';
import { Answer } from '@/ui/States';
import { useSettled } from '@/ui/useSettled';
import styles from '@/features/entities/imports/imports.module.css';

type How = 'choose' | 'paste';
const pause = 300;

interface Properties {
  readonly job: Job;
  readonly preview: Preview;
  readonly layout: Layout;
  readonly onLayout: (layout: Layout) => void;
}

/** What the table looks like, in words. */
function looksLike(template: string | null | undefined): string | undefined {
  return template === 'payments' || template === 'calls' || template === 'shareholdings' ? t(`imports.template.${template}`) : undefined;
}

function Open({ plan, preview }: { readonly plan: Plan; readonly preview: Preview }): ReactNode {
  return (
    <>
      {without(plan).map((letter) => <p key={letter} className={styles['warn']}>{t('imports.noKey', { letter })}</p>)}
      {unsaid(plan, preview).map((column) => <p key={column} className={styles['warn']}>{t('imports.unsaid', { column })}</p>)}
    </>
  );
}

function Steps({ job, preview, layout, onLayout }: Properties): ReactNode {
  const ontology = useOntology();
  const space = useSpace();
  const first = (): Plan => ({ ...(fromMapping(preview.suggestedMapping ?? '') ?? firstPlan(preview, ontology)), layout });
  const kept = job.mapping ?? null;
  const said = kept === null ? null : fromMapping(kept);
  const [how, setHow] = useState<How>(kept !== null && said === null ? 'paste' : 'choose');
  const [plan, setPlan] = useState<Plan>(() => said ?? first());
  const [pasted, setPasted] = useState<string | null>(said ? null : kept);
  const mapping = how === 'paste' ? (pasted ?? toMapping(plan)) : toMapping(plan);
  const ready = how === 'paste' || (plan.things.length > 0 && without(plan).length === 0 && unsaid(plan, preview).length === 0);
  const settled = useSettled(mapping, pause);
  const checked = useAsk(CheckDocument, { space: space.id, id: job.id, mapping: settled }, { space: space.id, enabled: ready, keep: true });
  const take = (text: string): void => {
    const saved = fromMapping(text);
    setHow(saved ? 'choose' : 'paste');
    if (saved) setPlan({ ...saved, layout: { ...saved.layout, ...layout } }); else setPasted(text);
  };
  return (
    <>
      <Panel title={t('imports.step.columns')} end={looksLike(preview.template)}>
        <LayoutFields preview={preview} layout={layout} onChange={onLayout} />
        <SavedMappings job={job} preview={preview} mapping={mapping} onTake={take} />
        <Segmented<How> label={t('imports.how')} value={how} onChange={setHow}
          options={[{ value: 'choose', label: t('imports.choose') }, { value: 'paste', label: t('imports.paste') }]} />
        {how === 'choose'
          ? <>
              <StatedThings plan={plan} onChange={setPlan} />
              <ColumnsTable preview={preview} plan={plan} onChange={setPlan} />
              <Check label={t('imports.strict')} checked={plan.strict} onChange={(strict) => setPlan({ ...plan, strict })} />
              <Open plan={plan} preview={preview} />
            </>
          : <TextArea mono label={t('imports.paste')} hint={t('imports.pasteHint')} value={mapping} onChange={setPasted} rows={16} spellCheck={false} dir="ltr" />}
      </Panel>
      {ready && <Answer of={checked} rows={4}>{({ importCheck }) => <CheckStep job={job} checked={importCheck} />}</Answer>}
      <RunStep job={job} mapping={mapping} ready={ready && !checked.isError} />
    </>
  );
}

/** Columns, Check and Import of a table. */
export function TableSteps({ job }: { readonly job: Job }): ReactNode {
  const space = useSpace();
  const { entityKinds } = useOntology();
  const mayImport = useRight('IMPORT');
  const [layout, setLayout] = useState<Layout>(() => fromMapping(job.mapping ?? '')?.layout ?? {});
  const preview = useAsk(PreviewDocument, { space: space.id, id: job.id, layout }, { space: space.id });
  if (!mayImport) return null;
  return (
    <Answer of={preview}>
      {({ importPreview }) => entityKinds.length > 0 && <Steps key={JSON.stringify(layout)} job={job} preview={importPreview} layout={layout} onLayout={setLayout} />}
    </Answer>
  );
}
