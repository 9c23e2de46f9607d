import { IconArrowsUpDown, IconX } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useCourt } from '@/api/court';
import { useAsk } from '@/api/hooks';
import { useOntology } from '@/api/ontology';
import { GRADE_STEPS } from '@/graphview/model/grades';
import { LINK_CLASSES, type LinkClass } from '@/graphview/model/types';
import type { ChartController } from '@/features/network/ChartController';
import { pathText } from '@/features/network/pathText';
import { PathDocument, type FoundPath } from '@/features/network/queries';
import { formatPartialDate } from '@/text/format';
import { linkName } from '@/text/ontology';
import { t } from '@/text/text';
import { GradeCode } from '@/ui/Badges';
import { Button, IconButton, LinkButton } from '@/ui/Button';
import { Check, FieldGroup, SelectField } from '@/ui/Field';
import { KindIcon } from '@/ui/KindIcon';
import { EntityPicker, type Picked } from '@/ui/records/EntityPicker';
import { Problem } from '@/ui/States';
import styles from '@/features/network/panel.module.css';

/** The two slots and what to keep out; held by the page, since clicks on the chart fill them. */
export interface PathEnds {
  readonly from: Picked | null;
  readonly to: Picked | null;
  readonly avoid: readonly Picked[];
}

interface Properties {
  readonly controller: ChartController;
  readonly space: string;
  readonly ends: PathEnds;
  readonly onEnds: (ends: PathEnds) => void;
  readonly onClose: () => void;
}

interface Limits {
  readonly maxHops: number;
  readonly minGrade: string | null;
  readonly classes: ReadonlySet<LinkClass>;
}

const HOPS = [2, 3, 4, 5, 6, 7, 8];
const EVERYTHING: Limits = { maxHops: 6, minGrade: null, classes: new Set(LINK_CLASSES) };

function PathRow({ path, controller }: { readonly path: FoundPath; readonly controller: ChartController }): ReactNode {
  const spotlight = (shown: boolean): void => controller.store.update({
    spotlight: shown ? new Set([...path.items, ...path.links].map(({ id }) => id)) : null,
  });
  const dates = [path.from, path.to].map((date) => (date ? formatPartialDate(date) : '')).filter(Boolean);
  return (
    // Pointing only draws the path; its button, which takes the focus, draws it too.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <li className={styles['path']} onPointerEnter={() => spotlight(true)} onPointerLeave={() => spotlight(false)}
      onFocus={() => spotlight(true)} onBlur={() => spotlight(false)}>
      <ol className={styles['steps']}>
        {path.items.map((item, at) => (
          <li key={item.id}>
            <KindIcon kind={item.kind} size={18} /><bdi>{item.caption}</bdi>
            {path.links[at] && <span className={styles['via']}>{linkName(path.links[at].kind, path.links[at].label)}</span>}
          </li>
        ))}
      </ol>
      <div className={styles['pathFoot']}>
        <span>{path.weakestGrade ? <>{t('network.path.weakest', { grade: '' })}<GradeCode grade={path.weakestGrade} /></> : t('network.path.ungraded')}</span>
        {dates.length > 0 && <bdi>{[...new Set(dates)].join(' – ')}</bdi>}
        <LinkButton onClick={() => {
          spotlight(false);
          controller.add(path, t('network.undo.path'));
          controller.select(path.items.map(({ id }) => id));
          controller.scene?.fit(path.items.map(({ id }) => id));
        }}>{t('network.path.add')}</LinkButton>
      </div>
    </li>
  );
}

function LimitFields({ limits, onChange }: { readonly limits: Limits; readonly onChange: (limits: Limits) => void }): ReactNode {
  const toggle = (name: LinkClass, on: boolean): void => {
    const classes = new Set(limits.classes);
    if (on) classes.add(name);
    else classes.delete(name);
    onChange({ ...limits, classes });
  };
  return (
    <>
      <FieldGroup label={t('network.path.kinds')}>
        <div className={styles['checks']}>
          {LINK_CLASSES.map((name) => (
            <Check key={name} label={t(`network.class.${name}`)} checked={limits.classes.has(name)} onChange={(on) => toggle(name, on)} />
          ))}
        </div>
      </FieldGroup>
      <div className={styles['pair']}>
        <SelectField label={t('network.path.maxHops')} value={String(limits.maxHops)} onChange={(value) => onChange({ ...limits, maxHops: Number(value) })}>
          {HOPS.map((hops) => <option key={hops} value={hops}>{hops}</option>)}
        </SelectField>
        <SelectField label={t('network.path.minGrade')} value={limits.minGrade ?? ''} onChange={(value) => onChange({ ...limits, minGrade: value || null })}>
          <option value="">{t('network.legend.any')}</option>
          {GRADE_STEPS.map((grade) => <option key={grade} value={grade}>{grade}</option>)}
        </SelectField>
      </div>
    </>
  );
}

interface SlotProperties {
  readonly label: string;
  readonly picked: Picked | null;
  readonly onPick: (picked: Picked | null) => void;
  readonly except: string;
}

/** One end of the way: what was chosen, or an input for its name. */
function Slot({ label, picked, onPick, except }: SlotProperties): ReactNode {
  if (!picked) return <EntityPicker label={label} picked={null} onPick={onPick} except={except} />;
  return (
    <div className={styles['slot']}>
      <span>{label}</span>
      <p><KindIcon kind={picked.kind} size={20} /><bdi>{picked.caption}</bdi>
        <IconButton small label={t('network.path.remove', { name: picked.caption })} icon={<IconX size={14} aria-hidden />} onClick={() => onPick(null)} /></p>
    </div>
  );
}

/** Finds ways between two items within limits that the reader sets. */
export function PathFinder({ controller, space, ends, onEnds, onClose }: Properties): ReactNode {
  const { linkKinds } = useOntology();
  const court = useCourt();
  const [limits, setLimits] = useState(EVERYTHING);
  const [asked, setAsked] = useState<string | null>(null);
  const all = limits.classes.size === LINK_CLASSES.length;
  const kinds = all ? null : linkKinds.filter(({ linkClass }) => [...limits.classes].some((name) => name === linkClass)).map(({ name }) => name);
  const variables = {
    space, from: ends.from?.id ?? '', to: ends.to?.id ?? '', maxHops: limits.maxHops, linkKinds: kinds, minGrade: limits.minGrade,
    avoid: ends.avoid.map(({ id }) => id), court,
  };
  const key = JSON.stringify(variables);
  const answer = useAsk(PathDocument, variables, { space, enabled: asked === key });
  const ready = ends.from !== null && ends.to !== null && ends.from.id !== ends.to.id && limits.classes.size > 0;
  const shown = asked === key ? answer.data?.path : undefined;
  return (
    <section className={styles['panel']} aria-label={t('network.path.title')}>
      <header className={styles['head']}>
        <h2>{t('network.path.title')}</h2>
        <IconButton small label={t('network.panel.close')} icon={<IconX size={18} aria-hidden />} onClick={onClose} />
      </header>
      <form className={styles['form']} onSubmit={(event) => {
        event.preventDefault();
        setAsked(key);
      }}>
        <p className={styles['hint']}>{t('network.path.pickHint')}</p>
        <Slot label={t('network.path.from')} picked={ends.from} onPick={(from) => onEnds({ ...ends, from })} except={ends.to?.id ?? ''} />
        <Slot label={t('network.path.to')} picked={ends.to} onPick={(to) => onEnds({ ...ends, to })} except={ends.from?.id ?? ''} />
        {ends.avoid.length > 0 && <div className={styles['slot']}><span>{t('network.path.avoid')}</span>
          <ul>{ends.avoid.map((item) => (
            <li key={item.id}><KindIcon kind={item.kind} size={18} /> <bdi>{item.caption}</bdi>
              <IconButton small label={t('network.path.remove', { name: item.caption })} icon={<IconX size={14} aria-hidden />}
                onClick={() => onEnds({ ...ends, avoid: ends.avoid.filter(({ id }) => id !== item.id) })} /></li>
          ))}</ul></div>}
        <LimitFields limits={limits} onChange={setLimits} />
        <div className={styles['buttons']}>
          <IconButton small label={t('network.path.swap')} icon={<IconArrowsUpDown size={16} aria-hidden />} onClick={() => onEnds({ ...ends, from: ends.to, to: ends.from })} />
          <Button type="submit" look="primary" disabled={!ready}>{t('network.path.find')}</Button>
        </div>
      </form>
      <div className={styles['scroll']}>
        <p role="status" className={styles['outcome']}>{asked === key && (answer.isFetching ? t('network.path.searching') : shown && pathText(shown, court))}</p>
        <Problem error={asked === key ? answer.error : null} />
        <ul>{shown?.paths.map((path) => <PathRow key={path.links.map(({ id }) => id).join(' ')} path={path} controller={controller} />)}</ul>
      </div>
    </section>
  );
}
