import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useOntology } from '@/api/ontology';
import { endsOf } from '@/features/entities/imports/ends';
import { nextLetter, withoutThing, type Plan, type PlannedLink } from '@/features/entities/imports/plan';
import { t } from '@/text/text';
import { Button, IconButton } from '@/ui/Button';
import { FieldGroup, SelectField } from '@/ui/Field';
import { choicesFor } from '@/ui/records/linkChoices';
import styles from '@/features/entities/imports/imports.module.css';

interface Properties {
  readonly plan: Plan;
  readonly onChange: (plan: Plan) => void;
}

/** The kinds of links that a row may state between two of its things. */
function useLinkKinds(plan: Plan): (source: string, target: string) => readonly { readonly name: string; readonly label: string }[] {
  const ontology = useOntology();
  const kindOf = (letter: string) => ontology.kind(plan.things.find((thing) => thing.letter === letter)?.kind ?? '');
  return (source, target) => choicesFor(ontology.linkKinds, kindOf(source), kindOf(target))
    .filter(({ kind, outward }) => outward && endsOf(kind.name) !== null).map(({ kind }) => kind);
}

function LinkRow({ plan, link, onChange, onDrop }: { readonly plan: Plan; readonly link: PlannedLink; readonly onChange: (link: PlannedLink) => void; readonly onDrop: () => void }): ReactNode {
  const kinds = useLinkKinds(plan)(link.source, link.target);
  const letters = plan.things.map(({ letter }) => <option key={letter} value={letter}>{letter}</option>);
  return (
    <div className={styles['thing']}>
      <SelectField label={t('imports.linkFrom')} value={link.source} onChange={(source) => onChange({ ...link, source })}>{letters}</SelectField>
      <SelectField label={t('imports.linkKind')} value={link.kind} onChange={(kind) => onChange({ ...link, kind })}>
        {!kinds.some(({ name }) => name === link.kind) && <option value={link.kind}>{t('imports.choose')}</option>}
        {kinds.map(({ name, label }) => <option key={name} value={name}>{label}</option>)}
      </SelectField>
      <SelectField label={t('imports.linkTo')} value={link.target} onChange={(target) => onChange({ ...link, target })}>{letters}</SelectField>
      <IconButton label={t('imports.dropLink')} icon={<IconTrash size={16} aria-hidden />} onClick={onDrop} />
    </div>
  );
}

/** What each row states: entities with their kinds, and links between them. */
export function StatedThings({ plan, onChange }: Properties): ReactNode {
  const { entityKinds } = useOntology();
  const kinds = useLinkKinds(plan);
  const addLink = (): void => {
    const [source, target] = plan.things;
    if (!source || !target) return;
    const letter = String(Math.max(0, ...plan.links.map((link) => Number(link.letter))) + 1);
    const kind = kinds(source.letter, target.letter)[0]?.name ?? 'UnknownLink';
    onChange({ ...plan, links: [...plan.links, { letter, kind, source: source.letter, target: target.letter }] });
  };
  return (
    <FieldGroup label={t('imports.states')}>
      <div className={styles['things']}>
        {plan.things.map(({ letter, kind }) => (
          <div key={letter} className={styles['thing']}>
            <SelectField label={t('imports.thing', { letter })} value={kind}
              onChange={(next) => onChange({ ...plan, things: plan.things.map((thing) => (thing.letter === letter ? { letter, kind: next } : thing)) })}>
              {entityKinds.map(({ name, label }) => <option key={name} value={name}>{label}</option>)}
            </SelectField>
            {plan.things.length > 1 && <IconButton label={t('imports.dropThing', { letter })} icon={<IconTrash size={16} aria-hidden />} onClick={() => onChange(withoutThing(plan, letter))} />}
          </div>
        ))}
        <Button onClick={() => onChange({ ...plan, things: [...plan.things, { letter: nextLetter(plan), kind: 'Company' }] })}><IconPlus size={16} aria-hidden />{t('imports.addThing')}</Button>
      </div>
      <div className={styles['things']}>
        {plan.links.map((link) => (
          <LinkRow key={link.letter} plan={plan} link={link}
            onChange={(next) => onChange({ ...plan, links: plan.links.map((each) => (each.letter === link.letter ? next : each)) })}
            onDrop={() => onChange({ ...plan, links: plan.links.filter(({ letter }) => letter !== link.letter) })} />
        ))}
        {plan.things.length > 1 && <Button onClick={addLink}><IconPlus size={16} aria-hidden />{t('imports.addLink')}</Button>}
      </div>
    </FieldGroup>
  );
}
