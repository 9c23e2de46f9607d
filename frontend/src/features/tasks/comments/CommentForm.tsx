import { useId, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { refresh } from '@/api/cache';
import { CommentOnTask, Mentionable, type Mentioned } from '@/api/comments';
import { useDraft } from '@/api/drafts';
import { ApiError } from '@/api/errors';
import { useAct, useAsk } from '@/api/hooks';
import { useSpace } from '@/api/SpaceContext';
import { taskOperations } from '@/api/tasks';
import { labelOf, mentionedIn } from '@/features/tasks/comments/mention';
import { useMentions } from '@/features/tasks/comments/useMentions';
import { t } from '@/text/text';
import { PersonTag } from '@/ui/Badges';
import { Button } from '@/ui/Button';
import { TextArea } from '@/ui/Field';
import { Problem } from '@/ui/States';
import { Waiting } from '@/ui/Waiting';
import styles from '@/ui/tasks/tasks.module.css';

const nobody: readonly Mentioned[] = [];

interface OfferedProperties {
  readonly id: string;
  readonly people: readonly Mentioned[];
  readonly among: readonly Mentioned[];
  readonly chosen: number;
  readonly onChoose: (person: Mentioned) => void;
}

function Offered({ id, people, among, chosen, onChoose }: OfferedProperties): ReactNode {
  return (
    <div role="listbox" id={id} aria-label={t('comment.people')} className={styles['offered']}>
      {people.map((person, at) => (
        <button key={person.id} type="button" id={`${id}-${at}`} role="option" tabIndex={-1} aria-selected={at === chosen} className={styles['offer']}
          onMouseDown={(event) => event.preventDefault()} onClick={() => onChoose(person)}>
          <PersonTag small name={person.name} country={person.agency.country} /><bdi>{labelOf(person, among)}</bdi>
        </button>
      ))}
    </div>
  );
}

/** Says something about a task. What was typed stays until it is sent, also over another screen, a lost line or a refusal. */
export function CommentForm({ task }: { readonly task: string }): ReactNode {
  const space = useSpace();
  const list = useId();
  const form = useRef<HTMLFormElement>(null);
  const put = useRef<number | null>(null);
  const [text, setText] = useDraft(space.id, `comment ${task}`);
  const [caret, setCaret] = useState(0);
  const people = useAsk(Mentionable, { space: space.id, task }, { space: space.id }).data?.mentionable ?? nobody;
  const say = useAct(CommentOnTask, async () => {
    setText('');
    await refresh(space.id, [...taskOperations, 'Activity']);
  });
  const mentions = useMentions({ text, caret, people, put: (next, at) => {
    setText(next);
    setCaret(at);
    put.current = at;
  } });
  useLayoutEffect(() => {
    if (put.current !== null) form.current?.querySelector('textarea')?.setSelectionRange(put.current, put.current);
    put.current = null;
  });
  const send = (): void => {
    if (!text.trim() || say.isPending) return;
    say.mutate({ space: space.id, task, text: text.trim(), mentions: mentionedIn(text, people) }, {
      onError: () => void refresh(space.id, ['Mentionable']),
    });
  };
  const keys = (event: KeyboardEvent): void => {
    if (!mentions.onKeyDown(event) && event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send();
  };
  const open = mentions.offered.length > 0;
  const refused = say.error instanceof ApiError && say.error.kind === 'NOT_FOUND';
  return (
    <form ref={form} className={styles['comment']} onSubmit={(event) => {
      event.preventDefault();
      send();
    }}>
      <TextArea label={t('comment.text')} hint={t('comment.hint')} rows={3} maxLength={5000} value={text} readOnly={say.isPending}
        aria-autocomplete="list" {...(open ? { 'aria-controls': list, 'aria-activedescendant': `${list}-${mentions.chosen}` } : {})}
        onChange={setText} onSelect={({ currentTarget }) => setCaret(currentTarget.selectionStart)} onKeyDown={keys} />
      {open && <Offered id={list} people={mentions.offered} among={people} chosen={mentions.chosen} onChoose={mentions.insert} />}
      <span className="visually-hidden" role="status">{open ? t('comment.offered', { count: mentions.offered.length }) : ''}</span>
      {refused ? <p role="alert" className={styles['refused']}>{t('comment.refused')}</p> : <Problem error={say.error} />}
      <div className={styles['send']}>
        <Waiting /><Button type="submit" disabled={!text.trim() || say.isPending}>{t('comment.send')}</Button>
      </div>
    </form>
  );
}
