import { IconEye } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useRight, useSpace, type Member } from '@/api/SpaceContext';
import type { EntityInfo } from '@/features/entities/queries';
import { t } from '@/text/text';
import { PersonTag } from '@/ui/Badges';
import { LinkButton } from '@/ui/Button';
import { Panel } from '@/ui/Panel';
import styles from '@/features/entities/entity.module.css';

const readers: ReadonlySet<Member['role']> = new Set([
  'LEAD', 'PROSECUTOR', 'INVESTIGATOR', 'ANALYST', 'FINANCIAL_ANALYST', 'FORENSIC_EXAMINER', 'TRANSLATOR', 'OBSERVER', 'THIRD_COUNTRY_MEMBER',
]);

const atFirst = 5;

/** Markings of what the reader sees here that the member is not cleared for. */
function lacking(member: Member, markings: EntityInfo['markings']): readonly string[] {
  const held = new Set((member.clearances ?? []).map(({ id }) => id));
  return markings.filter(({ id }) => !held.has(id)).map(({ name }) => name);
}

function MemberLine({ member, markings }: { readonly member: Member; readonly markings: EntityInfo['markings'] }): ReactNode {
  const lacks = lacking(member, markings);
  return (
    <li className={styles['person']}>
      <PersonTag name={member.person.name} country={member.person.agency.country} />
      <span>
        <bdi>{member.person.name}</bdi>
        <span className={`${styles['xs'] ?? ''} ${lacks.length > 0 ? (styles['lacks'] ?? '') : ''}`}>
          {lacks.length > 0 ? t('why.unmarked', { markings: lacks.join(', ') }) : t('why.holds')}
        </span>
      </span>
    </li>
  );
}

/** Why the reader sees this; for those who may clear also who else does, within the markings that they hold. */
export function WhyPanel({ entity }: { readonly entity: EntityInfo }): ReactNode {
  const space = useSpace();
  const clears = useRight('CLEAR');
  const [open, setOpen] = useState(false);
  const marked = entity.markings.length > 0;
  const members = space.members.filter(({ state, role }) => state === 'ACTIVE' && readers.has(role));
  const all = members.filter((member) => lacking(member, entity.markings).length === 0);
  return (
    <Panel title={t('why.title')} end={<IconEye size={18} aria-hidden />}>
      <p className={styles['xs']}>
        {t('why.because', { space: space.name, role: t(`role.${space.myRole}`) })}{' '}
        {marked && t('why.holding', { markings: entity.markings.map(({ name }) => name).join(', ') })}{' '}
        {clears && marked && t('why.all', { n: all.length, of: members.length })}
      </p>
      {clears && marked && <>
        <ul className={styles['people']}>{members.slice(0, open ? undefined : atFirst).map((member) => <MemberLine key={member.id} member={member} markings={entity.markings} />)}</ul>
        {members.length > atFirst && <LinkButton aria-expanded={open} onClick={() => setOpen(!open)}>{open ? t('why.fewer') : t('why.everybody', { n: members.length })}</LinkButton>}
      </>}
    </Panel>
  );
}
