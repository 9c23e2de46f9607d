import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { graphql } from '@/api/generated/gql';
import { useAsk } from '@/api/hooks';
import { useSpace } from '@/api/SpaceContext';
import { t } from '@/text/text';
import { LinkButton } from '@/ui/Button';
import { TextField } from '@/ui/Field';
import { GroupIcon, KindIcon } from '@/ui/KindIcon';
import { LinksOf } from '@/ui/tasks/LinksOf';
import { casesNamed, type Thing } from '@/ui/tasks/things';
import { useSettled } from '@/ui/useSettled';
import styles from '@/ui/records/records.module.css';

const Find = graphql(`
  query FindThing($space: ID!, $text: String!) {
    search(space: $space, text: $text, first: 12) { entity { id kind caption } }
  }
`);

interface Properties {
  readonly label: string;
  /** Ids that are not offered. */
  readonly except: readonly string[];
  readonly onPick: (thing: Thing) => void;
}

function Option({ icon, name, onPick, children }: { readonly icon: ReactNode; readonly name: string; readonly onPick: () => void; readonly children?: ReactNode }): ReactNode {
  return (
    <li className={styles['withEnd']}>
      <button type="button" className={styles['option']} onClick={onPick}>{icon}<bdi>{name}</bdi></button>
      {children}
    </li>
  );
}

/** Finds a case or an entity by its name, or a link by the name of one of its ends: of what the reader sees, nothing else is asked for. */
export function ThingFinder({ label, except, onPick }: Properties): ReactNode {
  const { id, cases } = useSpace();
  const [text, setText] = useState('');
  const box = useRef<HTMLDivElement>(null);
  const [round, setRound] = useState(0);
  const [endOf, setEndOf] = useState<Thing | null>(null);
  useEffect(() => {
    if (round) box.current?.querySelector('input')?.focus(); // what was pressed is gone
  }, [round]);
  const asked = useSettled(text.trim(), 150);
  const enabled = asked.length > 1;
  const { data } = useAsk(Find, { space: id, text: asked }, { space: id, enabled });
  const back = (): void => {
    setEndOf(null);
    setRound(round + 1);
  };
  const pick = (thing: Thing): void => {
    setText('');
    back();
    onPick(thing);
  };
  const named = enabled ? casesNamed(cases, asked).filter((each) => !except.includes(each.id)) : [];
  const found = [...new Map((data?.search ?? []).map(({ entity }) => [entity.id, entity])).values()];
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter') return;
    event.preventDefault(); // within a form it would send it
    const [first] = [...named.map((each) => ({ id: each.id, name: each.title })), ...found.map((each) => ({ id: each.id, name: each.caption }))];
    if (first && !except.includes(first.id)) pick(first);
  };
  if (endOf) return <div ref={box}><LinksOf end={endOf} except={except} onPick={pick} onBack={back} /></div>;
  return (
    <div ref={box}>
      <TextField label={label} placeholder={t('task.find')} value={text} onChange={setText} onKeyDown={onKeyDown} />
      {data && found.length + named.length === 0 && <p role="status">{t('addLink.none')}</p>}
      {found.length + named.length > 0 && (
        <ul className={styles['options']}>
          {named.map((each) => <Option key={each.id} icon={<GroupIcon group="case" />} name={each.title} onPick={() => pick({ id: each.id, name: each.title })} />)}
          {found.map(({ id: one, kind, caption: name }) => (
            <Option key={one} icon={<KindIcon kind={kind} />} name={name} onPick={() => (except.includes(one) ? setEndOf({ id: one, name }) : pick({ id: one, name }))}>
              <LinkButton aria-label={t('task.linksOf', { name })} onClick={() => setEndOf({ id: one, name })}>{t('task.links')}</LinkButton>
            </Option>
          ))}
        </ul>
      )}
    </div>
  );
}
