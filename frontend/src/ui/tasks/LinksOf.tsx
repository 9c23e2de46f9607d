import { useEffect, useRef, useState, type ReactNode } from 'react';
import { graphql } from '@/api/generated/gql';
import { useAsk } from '@/api/hooks';
import { useSpace } from '@/api/SpaceContext';
import { linkName } from '@/text/ontology';
import { t } from '@/text/text';
import { LinkButton } from '@/ui/Button';
import { TextField } from '@/ui/Field';
import { Answer } from '@/ui/States';
import type { Thing } from '@/ui/tasks/things';
import styles from '@/ui/records/records.module.css';

const Links = graphql(`
  query LinksToName($space: ID!, $id: ID!) {
    entity(space: $space, id: $id) {
      id links(first: 100) { items { id kind label source { id caption } target { id caption } } pageInfo { hasNextPage } }
    }
  }
`);

interface Properties {
  readonly end: Thing;
  readonly except: readonly string[];
  readonly onPick: (link: Thing) => void;
  readonly onBack: () => void;
}

/** The links of one entity, narrowed by the name of the other end. */
export function LinksOf({ end, except, onPick, onBack }: Properties): ReactNode {
  const { id } = useSpace();
  const [text, setText] = useState('');
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.querySelector('input')?.focus(), []); // what was pressed to come here is gone
  const answer = useAsk(Links, { space: id, id: end.id }, { space: id });
  const wanted = text.trim().toLocaleLowerCase();
  return (
    <div ref={box}>
      <TextField label={t('task.linksOf', { name: end.name })} placeholder={t('task.otherEnd')} value={text} onChange={setText} />
      <Answer of={answer} rows={3}>
        {({ entity: { links } }) => {
          const fits = links.items.map((link) => ({ ...link, name: `${link.source.caption} – ${link.target.caption}` }))
            .filter((link) => !except.includes(link.id) && link.name.toLocaleLowerCase().includes(wanted));
          return (
            <>
              {fits.length === 0 ? <p role="status">{t('task.noLink')}</p> : (
                <ul className={styles['options']}>
                  {fits.map((link) => (
                    <li key={link.id}>
                      <button type="button" className={styles['option']} onClick={() => onPick(link)}>
                        <span><bdi>{link.source.caption}</bdi> – <bdi>{link.target.caption}</bdi></span><span className={styles['kind']}>{linkName(link.kind, link.label)}</span>
                      </button>
                    </li>
                  ))}
                </ul>
              )}
              {links.pageInfo.hasNextPage && <p>{t('task.moreLinks')}</p>}
            </>
          );
        }}
      </Answer>
      <LinkButton onClick={onBack}>{t('task.allThings')}</LinkButton>
    </div>
  );
}
