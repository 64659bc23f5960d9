import { ButtonLink } from '../ui/button';
import { EmptyState } from '../ui/panel';

export default function NotFound() {
  return (
    <main id="main" className="grid min-h-[60dvh] place-items-center">
      <EmptyState heading="h1" title="There is nothing at this address" actions={<ButtonLink href="/" variant="primary">Go to your runs</ButtonLink>}>
        The project, run or dataset may have been renamed or deleted, or the address was cut off when it was copied.
      </EmptyState>
    </main>
  );
}
