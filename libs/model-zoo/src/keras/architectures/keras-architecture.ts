import type { Architecture } from '../../architectures';

/** A network whose layers are named as Keras names them, for .h5 files that hold weights alone. Weights are matched by layer. */
export type KerasArchitecture = Omit<Architecture, 'family'>;
