import {
  IconArrowBackUp, IconArrowForwardUp, IconCirclePlus, IconFilter, IconKeyboard, IconLasso, IconLayoutDistributeVertical, IconLine, IconPointer,
  IconRoute, IconTopologyStarRing3,
} from '@tabler/icons-react';
import { useSyncExternalStore, type ReactNode } from 'react';
import { useEdits } from '@/api/court';
import { useSpace } from '@/api/SpaceContext';
import { LAYOUTS } from '@/graphview/layout/types';
import type { Tool } from '@/graphview/scene/pointer';
import type { ChartController } from '@/features/network/ChartController';
import type { Actions } from '@/features/network/useActions';
import type { Part } from '@/features/network/useChart';
import { t } from '@/text/text';
import { Button, IconButton } from '@/ui/Button';
import { Menu, MenuItem } from '@/ui/Menu';
import { StandingIn } from '@/ui/StandingIn';
import { Segmented } from '@/ui/Segmented';
import { useNarrow } from '@/ui/useNarrow';
import styles from '@/features/network/network.module.css';

export type Face = 'chart' | 'table';

interface Properties {
  readonly controller: ChartController;
  readonly actions: Actions;
  readonly tool: Tool;
  readonly onTool: (tool: Tool) => void;
  readonly face: Face;
  readonly onFace: (face: Face) => void;
  readonly part: Part;
  readonly onCase: (id: string | null) => void;
}

const icon = (Glyph: typeof IconRoute, className?: string): ReactNode => <Glyph size={18} aria-hidden stroke={1.7} {...(className ? { className } : {})} />;

function UndoRedo({ controller, actions }: Pick<Properties, 'controller' | 'actions'>): ReactNode {
  const { history, watch } = controller;
  const undoable = useSyncExternalStore(watch, () => history.undoable);
  const redoable = useSyncExternalStore(watch, () => history.redoable);
  return (
    <>
      <IconButton small label={undoable === null ? t('network.undoNothing') : t('network.undo', { what: undoable })} disabled={undoable === null}
        icon={icon(IconArrowBackUp, 'mirrored')} onClick={actions.undo} />
      <IconButton small label={redoable === null ? t('network.redoNothing') : t('network.redo', { what: redoable })} disabled={redoable === null}
        icon={icon(IconArrowForwardUp, 'mirrored')} onClick={actions.redo} />
    </>
  );
}

function CaseChoice({ part: { inCase, inImport }, onCase }: Pick<Properties, 'part' | 'onCase'>): ReactNode {
  const { cases } = useSpace();
  if (cases.length === 0) return null;
  return (
    <select className={styles['case']} aria-label={t('network.case')} value={inImport ?? inCase ?? ''} onChange={(event) => onCase(event.target.value || null)}>
      {inImport && <option value={inImport}>{t('network.onlyImport')}</option>}
      <option value="">{t('network.allCases')}</option>
      {cases.map(({ id, title }) => <option key={id} value={id}>{title}</option>)}
    </select>
  );
}

/** The tools of the view. On a phone: legend, case and table; there is no layout editing there. */
export function ToolRow({ controller, actions, tool, onTool, face, onFace, part, onCase }: Properties): ReactNode {
  const writes = useEdits('WRITE_CONTENT');
  const narrow = useNarrow();
  const faces = (
    <Segmented label={t('network.show')} value={face} onChange={onFace}
      options={[{ value: 'chart', label: t('network.chart') }, { value: 'table', label: t('network.table') }]} />
  );
  if (narrow) {
    return (
      <div className={styles['tools']} role="toolbar" aria-label={t('network.title')}>
        <Button onClick={actions.legend}>{icon(IconFilter)}{t('network.tool.legend')}</Button>
        <CaseChoice part={part} onCase={onCase} />
        <StandingIn listed />
        <span className={styles['space']} />
        {faces}
      </div>
    );
  }
  return (
    <div className={styles['tools']} role="toolbar" aria-label={t('network.title')}>
      <IconButton small label={t('network.tool.select')} icon={icon(IconPointer)} aria-pressed={tool === 'select'} onClick={() => onTool('select')} />
      <IconButton small label={t('network.tool.lasso')} icon={icon(IconLasso)} aria-pressed={tool === 'lasso'} onClick={() => onTool('lasso')} />
      {writes && <IconButton small label={t('network.tool.addEntity')} icon={icon(IconCirclePlus)} onClick={() => actions.addEntity()} />}
      {writes && <IconButton small label={t('network.tool.addLink')} icon={icon(IconLine)} onClick={() => actions.addLink()} />}
      <span className={styles['rule']} />
      <Button small look="quiet" onClick={() => actions.expand()}>{icon(IconTopologyStarRing3)}{t('network.tool.expand')}</Button>
      <Button small look="quiet" onClick={() => actions.paths()}>{icon(IconRoute)}{t('network.tool.paths')}</Button>
      <Menu trigger={<Button small look="quiet">{icon(IconLayoutDistributeVertical)}{t('network.tool.layout')}</Button>}>
        {LAYOUTS.map((layout) => <MenuItem key={layout} onSelect={() => actions.layOut(layout)}>{t(`network.layout.${layout}`)}</MenuItem>)}
      </Menu>
      <span className={styles['rule']} />
      <UndoRedo controller={controller} actions={actions} />
      <IconButton small label={t('network.tool.legend')} icon={icon(IconFilter)} onClick={actions.legend} />
      <IconButton small label={t('network.tool.keys')} icon={icon(IconKeyboard)} onClick={actions.keys} />
      <span className={styles['space']} />
      <CaseChoice part={part} onCase={onCase} />
      <StandingIn listed />
      {faces}
    </div>
  );
}
