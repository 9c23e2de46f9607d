import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useOntology } from '@/api/ontology';
import { endsOf } from '@/features/entities/imports/ends';
import { keysOf, nextLetter, thing as named, withoutThing, type Plan, type PlannedLink, type Thing } from '@/features/entities/imports/plan';
import { t } from '@/text/text';
import { Button, IconButton } from '@/ui/Button';
import { Check, FieldGroup, SelectField, TextField } from '@/ui/Field';
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
      {keysOf(plan, link.letter).length === 0 && <Check label={t('imports.eachRow')} checked={link.eachRow} onChange={(eachRow) => onChange({ ...link, eachRow })} />}
      <IconButton label={t('imports.dropLink')} icon={<IconTrash size={16} aria-hidden />} onClick={onDrop} />
    </div>
  );
}

const keyTypes = ['', 'name', 'iban', 'account', 'phone', 'email', 'id', 'passport', 'company', 'vat', 'plate', 'wallet'] as const;

/** What a thing's key is, the country of its telephone numbers, and whether rows only refer to it. */
function KeyFields({ thing, onChange }: { readonly thing: Thing; readonly onChange: (thing: Thing) => void }): ReactNode {
  const { letter, keyType, country, refers } = thing;
  return (
    <>
      <SelectField label={t('imports.keyType', { letter })} value={keyType} onChange={(next) => onChange({ ...thing, keyType: next })}>
        {keyTypes.map((each) => <option key={each} value={each}>{t(`imports.keyType.${each || 'text'}`)}</option>)}
      </SelectField>
      {keyType === 'phone' && <TextField label={t('imports.phoneCountry', { letter })} placeholder="NL" maxLength={2} size={4} value={country.toUpperCase()}
        onChange={(next) => onChange({ ...thing, country: next.toLowerCase().replace(/[^a-z]/g, '') })} />}
      <Check label={t('imports.refers')} checked={refers} onChange={(next) => onChange({ ...thing, refers: next })} />
    </>
  );
}

/** What each row states: entities with their kinds, and links between them. */
export function StatedThings({ plan, onChange }: Properties): ReactNode {
  const { entityKinds } = useOntology();
  const kinds = useLinkKinds(plan);
  const replace = (next: Thing): void => onChange({ ...plan, things: plan.things.map((each) => (each.letter === next.letter ? next : each)) });
  const addLink = (): void => {
    const [source, target] = plan.things;
    if (!source || !target) return;
    const letter = String(Math.max(0, ...plan.links.map((link) => Number(link.letter))) + 1);
    const kind = kinds(source.letter, target.letter)[0]?.name ?? 'UnknownLink';
    onChange({ ...plan, links: [...plan.links, { letter, kind, source: source.letter, target: target.letter, eachRow: false }] });
  };
  return (
    <FieldGroup label={t('imports.states')}>
      <div className={styles['things']}>
        {plan.things.map((each) => ({ each, letter: each.letter })).map(({ each, letter }) => (
          <div key={letter} className={styles['thing']}>
            <SelectField label={t('imports.thing', { letter })} value={each.kind} onChange={(kind) => replace({ ...each, kind })}>
              {entityKinds.map(({ name, label }) => <option key={name} value={name}>{label}</option>)}
            </SelectField>
            <KeyFields thing={each} onChange={replace} />
            {plan.things.length > 1 && <IconButton label={t('imports.dropThing', { letter })} icon={<IconTrash size={16} aria-hidden />} onClick={() => onChange(withoutThing(plan, letter))} />}
          </div>
        ))}
        <Button onClick={() => onChange({ ...plan, things: [...plan.things, named(nextLetter(plan), 'Company')] })}><IconPlus size={16} aria-hidden />{t('imports.addThing')}</Button>
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
