import { LoaderCircle } from 'lucide-react';
import Link from 'next/link';
import type { ComponentProps } from 'react';
import { cx } from './cx';

type Variant = 'primary' | 'secondary' | 'ghost' | 'danger';
type Size = 'sm' | 'md' | 'icon';

const variants: Record<Variant, string> = {
  primary: 'bg-accent text-accent-ink hover:brightness-110 border border-transparent',
  secondary: 'bg-panel text-ink border border-line-strong hover:bg-hover',
  ghost: 'text-muted hover:text-ink hover:bg-hover border border-transparent',
  danger: 'bg-panel text-danger border border-line-strong hover:bg-danger-soft',
};
const sizes: Record<Size, string> = { sm: 'h-7 px-2.5 text-xs', md: 'h-8 px-3 text-[13px]', icon: 'size-7 justify-center' };

export const buttonClass = (variant: Variant = 'secondary', size: Size = 'md') =>
  cx('inline-flex shrink-0 items-center gap-1.5 rounded-md font-medium whitespace-nowrap transition-colors select-none disabled:opacity-50 disabled:pointer-events-none aria-disabled:opacity-50 [&_svg]:size-3.5 [&_svg]:shrink-0', variants[variant], sizes[size]);

interface Look { variant?: Variant; size?: Size }

export function Button({ variant, size, busy = false, className, children, ...props }: ComponentProps<'button'> & Look & { busy?: boolean }) {
  return (
    <button type="button" {...props} aria-busy={busy || undefined} disabled={props.disabled || busy} className={cx(buttonClass(variant, size), className)}>
      {busy && <LoaderCircle aria-hidden className="animate-spin" />}
      {children}
    </button>
  );
}

export function ButtonLink({ variant, size, className, ...props }: ComponentProps<typeof Link> & Look) {
  return <Link {...props} className={cx(buttonClass(variant, size), className)} />;
}
