// The engine of projects, settings and runs that name none: they are older than the second engine.
export const FIRST_ENGINE = 'pnp';
