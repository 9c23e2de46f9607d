import { IconEye } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { graphql } from '@/api/generated/gql';
import type { SightOf, WhoSeesQuery } from '@/api/generated/graphql';
import { useAsk } from '@/api/hooks';
import { useRight, useSpace } from '@/api/SpaceContext';
import { formatDay, listed } from '@/text/format';
import { t } from '@/text/text';
import { PersonTag } from '@/ui/Badges';
import { LinkButton } from '@/ui/Button';
import { Panel } from '@/ui/Panel';
import { Answer } from '@/ui/States';
import styles from '@/ui/sight/sight.module.css';

const WhoSees = graphql(`
  query WhoSees($space: ID!, $of: SightOf!, $id: ID!) {
    whoSees(space: $space, of: $of, id: $id) {
      records
      members { sees reason records at markings { id name } lacking { id name } membership { id role person { id name agency { id country } } } }
    }
  }
`);
type Sight = WhoSeesQuery['whoSees']['members'][number];

interface Properties {
  readonly of: SightOf;
  readonly id: string;
  readonly markings: readonly { readonly id: string; readonly name: string }[];
}

/** The query that this panel asks, for asking again after a notice. */
export const whyOperations = ['WhoSees'] as const;

/** What is seen by its records; anything else carries markings itself. */
const ofRecords: ReadonlySet<SightOf> = new Set(['ENTITY', 'LINK']);
const atFirst = 5;
const notMembers: ReadonlySet<Sight['reason']> = new Set(['ENDED', 'INVITED', 'BEGINS_LATER', 'DISABLED']);

/** The reason in five words. */
function reasonText({ reason, markings, at, membership }: Sight): string {
  const names = listed(markings.map(({ name }) => name));
  switch (reason) {
    case 'UNMARKED': return t('why.unmarked');
    case 'CLEARED': return t('why.cleared', { markings: names });
    case 'LACKS_MARKING': return t('why.lacks', { markings: names });
    case 'READS_NO_CONTENT': return t('why.readsNothing', { role: t(`role.${membership.role}`) });
    case 'INVITED': return t('why.invited');
    case 'BEGINS_LATER': return t('why.begins', { day: at ? formatDay(at) : '' });
    case 'ENDED': return t('why.ended', { day: at ? formatDay(at) : '' });
    case 'DISABLED': return t('why.disabled');
  }
}

function Line({ sight, records }: { readonly sight: Sight; readonly records: number }): ReactNode {
  const { person } = sight.membership;
  const some = sight.sees && sight.records < records;
  return (
    <li className={styles['person']}>
      <PersonTag name={person.name} country={person.agency.country} />
      <span>
        <bdi>{person.name}</bdi>
        <span className={`${styles['xs'] ?? ''} ${sight.sees ? '' : (styles['lacks'] ?? '')}`}>
          {t(sight.sees ? 'why.sees' : 'why.seesNot')} <bdi>{reasonText(sight)}</bdi>{some && ` ${t('why.some', { n: sight.records, of: records, markings: listed(sight.lacking.map(({ name }) => name)) })}`}
        </span>
      </span>
    </li>
  );
}

function Everybody({ of, id }: Pick<Properties, 'of' | 'id'>): ReactNode {
  const space = useSpace();
  const [open, setOpen] = useState(false);
  const answer = useAsk(WhoSees, { space: space.id, of, id }, { space: space.id, keep: true });
  return (
    <Answer of={answer} rows={3}>{({ whoSees: { members, records } }) => {
      const inside = members.filter(({ reason }) => !notMembers.has(reason));
      const shown = [...inside, ...members.filter(({ reason }) => notMembers.has(reason))];
      return (
        <>
          <p className={styles['xs']}>{t('why.count', { n: inside.filter(({ sees }) => sees).length, of: inside.length })} {t('why.judged')}</p>
          <ul className={styles['people']}>{shown.slice(0, open ? undefined : atFirst).map((sight) => <Line key={sight.membership.id} sight={sight} records={records} />)}</ul>
          {shown.length > atFirst && <LinkButton aria-expanded={open} onClick={() => setOpen(!open)}>{open ? t('why.fewer') : t('why.everybody', { n: shown.length })}</LinkButton>}
        </>
      );
    }}</Answer>
  );
}

/** Why the reader sees this; for those who clear others also why everybody else can, or cannot, judged by what the reader sees. */
export function WhyPanel({ of, id, markings }: Properties): ReactNode {
  const space = useSpace();
  const clears = useRight('CLEAR');
  return (
    <Panel title={t('why.title')} end={<IconEye size={18} aria-hidden />}>
      <p className={styles['xs']}>
        {t('why.because', { space: space.name, role: t(`role.${space.myRole}`) })}{' '}
        {markings.length > 0 && t(ofRecords.has(of) ? 'why.holding' : 'why.holdingItself', { markings: listed(markings.map(({ name }) => name)) })}
      </p>
      {clears && <Everybody of={of} id={id} />}
    </Panel>
  );
}
