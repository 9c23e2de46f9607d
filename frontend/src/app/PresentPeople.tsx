import type { ReactNode } from 'react';
import { useSpace, type Member } from '@/api/SpaceContext';
import { usePresence } from '@/live/hooks';
import { t } from '@/text/text';
import { PersonTag } from '@/ui/Badges';
import bar from '@/app/topbar.module.css';

const viewTexts = {
  home: 'view.home', network: 'view.network', entity: 'view.entity', entities: 'view.entities', case: 'view.case', import: 'view.import',
  evidence: 'view.evidence', exhibit: 'view.exhibit',
} as const;
const most = 5;

function words(person: Member['person'], view: string): string {
  const key = (viewTexts as Partial<Record<string, (typeof viewTexts)[keyof typeof viewTexts]>>)[view];
  const who = { name: person.name, country: person.agency.country };
  return key ? t('presence.looking', { ...who, what: t(key) }) : t('presence.person', who);
}

/** Who else is here, as far as the reader may know. */
export function PresentPeople(): ReactNode {
  const { id, members } = useSpace();
  const present = usePresence(id);
  const known = present.flatMap(({ id: person, view }) => {
    const member = members.find((each) => each.person.id === person);
    return member ? [{ person: member.person, view }] : [];
  });
  return (
    <ul className={bar['people']} aria-label={t('presence.label')}>
      {known.slice(0, most).map(({ person, view }) => (
        <li key={person.id} title={words(person, view)}>
          <PersonTag name={person.name} country={person.agency.country} />
          <span className="visually-hidden">{words(person, view)}</span>
        </li>
      ))}
    </ul>
  );
}
