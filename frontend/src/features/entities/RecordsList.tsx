import { Fragment, type ReactNode } from 'react';
import { useEdits } from '@/api/court';
import { RecordMenu } from '@/features/entities/RecordMenu';
import { useRecordChange } from '@/features/entities/useRecordChange';
import { LinksTab } from '@/features/entities/LinksTab';
import type { TableProperties } from '@/features/entities/RecordsTable';
import { bySection } from '@/features/entities/sections';
import { t } from '@/text/text';
import { FactList } from '@/ui/facts/FactList';
import styles from '@/features/entities/entity.module.css';

const sectionTexts = { identity: 'entity.sectionIdentity', identifiers: 'entity.sectionIdentifiers', other: 'entity.sectionOther' } as const;

/** The records table on a phone: fact rows with their margins. */
export function RecordsList({ entity, links, kind, onOpen }: TableProperties): ReactNode {
  const writes = useEdits('WRITE_CONTENT');
  const changeOf = useRecordChange();
  return (
    <>
      {[...bySection(entity.facts, kind)].filter(([, facts]) => facts.length > 0).map(([section, facts]) => (
        <Fragment key={section}>
          <h2 className={styles['narrowHead']}>{t(sectionTexts[section])}</h2>
          <FactList facts={facts} kind={kind} onAssess={writes ? (property) => onOpen({ type: 'add', property }) : undefined}
            changeOf={(record) => changeOf(entity.id, record)} menuOf={(record) => <RecordMenu record={record} about={entity.id} onOpen={onOpen} />} />
        </Fragment>
      ))}
      {links.length > 0 && <><h2 className={styles['narrowHead']}>{t('entity.sectionTies')}</h2><LinksTab entity={entity} links={links} onMore={null} onOpen={onOpen} /></>}
    </>
  );
}
