import type { CSSProperties, ReactNode } from 'react';
import { Link } from 'react-router';
import type { SpacesQuery } from '@/api/generated/graphql';
import { useMe } from '@/api/session';
import { useSpacesAnswer } from '@/api/spaces';
import { InvitationsPanel } from '@/features/teams/InvitationsPanel';
import { endsSoon, isWithin } from '@/features/teams/standing';
import { formatDate } from '@/text/format';
import { t } from '@/text/text';
import { buttonClass } from '@/ui/Button';
import { usePage } from '@/ui/Page';
import { memberCodes } from '@/ui/spaceEdge';
import { Answer, Empty } from '@/ui/States';
import styles from '@/features/teams/teams.module.css';

function SpaceRow({ space }: { readonly space: SpacesQuery['spaces'][number] }): ReactNode {
  const active = space.members.filter((member) => isWithin(member)).length;
  const ends = endsSoon(space.members.find(({ id }) => id === space.myMembership)?.validTo ?? null);
  return (
    <Link className={styles['space']} to={`/s/${space.id}`}>
      <span aria-hidden className={styles['bar']} style={{ '--edge': `var(--space-${space.colour})` } as CSSProperties} />
      <span>
        <strong><bdi>{space.name}</bdi></strong> <bdi className={styles['codes']} dir="ltr">{memberCodes(space)}</bdi><br />
        <span className={styles['second']}><bdi>{space.agreement.purpose}</bdi></span><br />
        <span className={styles['xs']}>
          {t(`spaceKind.${space.kind}`)} · {t('spaces.members', { count: active })} · {t('spaces.as', { role: t(`role.${space.myRole}`) })}
          {ends && <> · <span className={styles['soon']}>{t('spaces.mineEnds', { ends })}</span></>}
        </span>
      </span>
      <span className={styles['xs']}>{t('spaces.until', { date: formatDate(space.agreement.validTo) })}</span>
    </Link>
  );
}

/** The spaces one is a member of, and the invitations that wait. */
export function SpacesPage(): ReactNode {
  const answer = useSpacesAnswer();
  const { administrator, agencyAdministrator } = useMe();
  const administers = administrator || agencyAdministrator;
  usePage({ title: t('spaces.title'), path: [] });
  return (
    <div className={styles['page']}>
      <h1>{t('spaces.title')}</h1>
      <InvitationsPanel />
      <Answer of={answer} rows={3}>
        {({ spaces }) => spaces.length === 0
          ? <Empty text={t('spaces.empty')} action={administers && <Link to="/administration" className={buttonClass()}>{t('admin.open')}</Link>} />
          : <div className={styles['list']}>{spaces.map((space) => <SpaceRow key={space.id} space={space} />)}</div>}
      </Answer>
    </div>
  );
}
