import { IconHistory } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { graphql } from '@/api/generated/gql';
import type { ActivityQuery } from '@/api/generated/graphql';
import { useAsk } from '@/api/hooks';
import { useSpace } from '@/api/SpaceContext';
import { useRefreshOn } from '@/live/useRefreshOn';
import { formatAge, formatMoment } from '@/text/format';
import { verbText } from '@/text/server';
import { t } from '@/text/text';
import { PersonTag } from '@/ui/Badges';
import { useNow } from '@/ui/ChangeLine';
import { Panel } from '@/ui/Panel';
import { Answer } from '@/ui/States';
import styles from '@/features/teams/teams.module.css';

const ActivityDocument = graphql(`
  query Activity($space: ID!) {
    activity(space: $space, first: 12) {
      items { id at verb kind subject caption person { id name agency { country } } }
    }
  }
`);

type Entry = ActivityQuery['activity']['items'][number];

function target(space: string, { kind, subject }: Entry): string | null {
  switch (kind) {
    case 'entity': return `/s/${space}/entities/${subject}`;
    case 'case': return `/s/${space}/cases/${subject}`;
    case 'task': return `/s/${space}/tasks/${subject}`;
    case 'exhibit': return `/s/${space}/evidence/${subject}`;
    case 'import': return `/s/${space}/import/${subject}`;
    default: return null;
  }
}

function Row({ entry, now }: { readonly entry: Entry; readonly now: number }): ReactNode {
  const to = target(useSpace().id, entry);
  const words = entry.kind === 'agreement' ? t('activity.agreement', { space: entry.caption }) : entry.caption;
  const caption = <strong><bdi>{words}</bdi></strong>;
  return (
    <li className={styles['activity']}>
      <PersonTag name={entry.person.name} country={entry.person.agency.country} />
      <span><bdi className="visually-hidden">{entry.person.name} </bdi>{verbText(entry.verb)} {to ? <Link to={to}>{caption}</Link> : caption}</span>
      <time dateTime={entry.at} title={formatMoment(entry.at)}>{formatAge(entry.at, now)}</time>
    </li>
  );
}

/** What happened in the space, within what the reader may see. */
export function ActivityPanel(): ReactNode {
  const { id } = useSpace();
  const answer = useAsk(ActivityDocument, { space: id }, { space: id });
  const now = useNow();
  useRefreshOn(id, ['Activity']);
  return (
    <Panel flush title={t('activity.title')} icon={<IconHistory size={18} aria-hidden />} end={t('activity.order')}>
      <Answer of={answer} rows={5}>
        {({ activity: { items } }) => items.length === 0
          ? <p className={styles['row']}>{t('activity.empty')}</p>
          : <ul>{items.map((entry) => <Row key={entry.id} entry={entry} now={now} />)}</ul>}
      </Answer>
    </Panel>
  );
}
