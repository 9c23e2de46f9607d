import { IconDots } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { AmendDialog, MoveDialog } from '@/features/teams/agreements/AgreementDialogs';
import { movesOf, type Move, type Under } from '@/features/teams/agreements/queries';
import { t } from '@/text/text';
import { IconButton } from '@/ui/Button';
import { Menu, MenuItem, MenuLine } from '@/ui/Menu';

interface Properties {
  readonly of: Under;
  readonly administers: boolean;
  /** Further items, above the moves. */
  readonly children?: ReactNode;
}

/** What one may do to an agreement, and the dialogs behind it. */
export function AgreementMenu({ of, administers, children }: Properties): ReactNode {
  const [open, setOpen] = useState<Move | 'amend' | null>(null);
  const { state } = of.agreement;
  const close = (): void => setOpen(null);
  const moves = movesOf(state, administers);
  if (state === 'ENDED') return null;
  return (
    <>
      <Menu align="end" trigger={<IconButton small label={`${t('agreement.actions')}: ${of.name}`} icon={<IconDots size={16} aria-hidden />} />}>
        {children}
        <MenuItem onSelect={() => setOpen('amend')}>{t('agreement.amend')}</MenuItem>
        {moves.length > 0 && <MenuLine />}
        {moves.map((move) => (
          <MenuItem key={move} danger={move === 'suspend' || move === 'end'} onSelect={() => setOpen(move)}>{t(`agreement.${move}`)}</MenuItem>
        ))}
      </Menu>
      {open === 'amend' && <AmendDialog of={of} onClose={close} />}
      {open && open !== 'amend' && <MoveDialog of={of} move={open} onClose={close} />}
    </>
  );
}
