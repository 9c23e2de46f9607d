import { useState, type ReactNode } from 'react';
import { graphql } from '@/api/generated/gql';
import { useAsk } from '@/api/hooks';
import { useSpace } from '@/api/SpaceContext';
import { t } from '@/text/text';
import { LinkButton } from '@/ui/Button';
import { TextField } from '@/ui/Field';
import { KindIcon } from '@/ui/KindIcon';
import { useSettled } from '@/ui/useSettled';
import styles from '@/ui/records/records.module.css';

const Find = graphql(`
  query FindEntity($space: ID!, $text: String!) {
    search(space: $space, text: $text, first: 12) { matched entity { id kind caption } }
  }
`);

export interface Picked {
  readonly id: string;
  readonly kind: string;
  readonly caption: string;
}
interface Properties {
  readonly label: string;
  readonly picked: Picked | null;
  readonly onPick: (entity: Picked | null) => void;
  /** Left out of what is offered. */
  readonly except: string;
  /** What is said of the one that was picked. */
  readonly chosenAs?: (name: string) => string;
}

/** Finds one entity by typing. */
export function EntityPicker({ label, picked, onPick, except, chosenAs = (name) => t('addLink.chosen', { name }) }: Properties): ReactNode {
  const { id } = useSpace();
  const [text, setText] = useState('');
  const asked = useSettled(text.trim(), 150);
  const { data } = useAsk(Find, { space: id, text: asked }, { space: id, enabled: asked.length > 1 && !picked });
  if (picked) {
    return (
      <div className={styles['chosen']}>
        <KindIcon kind={picked.kind} /><strong><bdi>{chosenAs(picked.caption)}</bdi></strong>
        <LinkButton onClick={() => onPick(null)}>{t('addLink.change')}</LinkButton>
      </div>
    );
  }
  const found = [...new Map((data?.search ?? []).map(({ entity }) => [entity.id, entity])).values()].filter((each) => each.id !== except);
  return (
    <div>
      <TextField label={label} placeholder={t('addLink.find')} value={text} onChange={setText} />
      {data && found.length === 0 && <p role="status">{t('addLink.none')}</p>}
      {found.length > 0 && (
        <ul className={styles['options']}>
          {found.map((entity) => (
            <li key={entity.id}>
              <button type="button" className={styles['option']} onClick={() => onPick(entity)}><KindIcon kind={entity.kind} /><bdi>{entity.caption}</bdi></button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
