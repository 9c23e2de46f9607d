import { IconX } from '@tabler/icons-react';
import { useEffect, useId, useRef, type MouseEvent, type ReactNode, type SyntheticEvent } from 'react';
import { t } from '@/text/text';
import { IconButton } from '@/ui/Button';
import { Waiting } from '@/ui/Waiting';
import styles from '@/ui/Dialog.module.css';

interface Properties {
  readonly title: ReactNode;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Buttons, the destructive or primary one last. */
  readonly actions?: ReactNode;
  readonly onSubmit?: () => void;
  readonly wide?: boolean;
}

const FIRST = ['[data-first]', `.${styles['body'] ?? ''} :is(input, select, textarea):enabled`, `.${styles['foot'] ?? ''} button:enabled`];

/** A link followed inside a form opens in a tab of its own: in this one it would take away what is typed. The browser follows it, not the router. */
function elsewhere(event: MouseEvent<HTMLElement>): void {
  const link = event.target instanceof Element && event.target.closest('a');
  if (!link) return;
  link.target = '_blank';
  event.stopPropagation();
}

/** A modal dialog on the browser's own element: focus stays inside, Esc closes, focus returns where it was. It begins on
 * `data-first`, else on the first field, else on the first button below: never on the cross, which one reaches anyway by Esc. */
export function Dialog({ title, onClose, children, actions, onSubmit, wide = false }: Properties): ReactNode {
  const element = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const before = document.activeElement;
    const dialog = element.current;
    if (dialog && !dialog.open) dialog.showModal();
    FIRST.map((one) => dialog?.querySelector<HTMLElement>(one)).find(Boolean)?.focus();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    onSubmit?.();
  };
  const content = (
    <>
      <div className={styles['head']}>
        <h2 id={id}>{title}</h2>
        <IconButton small label={t('ui.close')} icon={<IconX size={18} aria-hidden />} onClick={onClose} />
      </div>
      <div className={styles['body']}>{children}</div>
      {actions && <div className={styles['foot']}><Waiting />{actions}</div>}
    </>
  );
  return (
    <dialog ref={element} aria-labelledby={id} className={`${styles['dialog'] ?? ''} ${wide ? (styles['wide'] ?? '') : ''}`}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}>
      {onSubmit
        ? <form className={styles['frame']} onSubmit={submit} onClickCapture={elsewhere} noValidate>{content}</form>
        : <div className={styles['frame']}>{content}</div>}
    </dialog>
  );
}
