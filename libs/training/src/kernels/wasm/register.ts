import { getKernel, registerKernel, unregisterKernel, type KernelConfig } from '@tensorflow/tfjs';
import { conv2dBackpropFilter, conv2dBackpropInput } from './conv2d-gradients';
import { depthwiseBackpropFilter, depthwiseBackpropInput } from './depthwise-gradients';

/** Convolution gradients composed from kernels wasm has. Its own Conv2DBackpropInput is ten times slower than its convolution, so that one is replaced. */
export function registerWasmKernels(): void {
  const builtIn = getKernel('Conv2DBackpropInput', 'wasm');
  if (!builtIn) throw new Error("Register the wasm backend first: import '@tensorflow/tfjs-backend-wasm'.");
  if (getKernel('Conv2DBackpropFilter', 'wasm')) return;
  const kernels: Pick<KernelConfig, 'kernelName' | 'kernelFunc'>[] = [
    { kernelName: 'Conv2DBackpropFilter', kernelFunc: conv2dBackpropFilter },
    { kernelName: 'DepthwiseConv2dNativeBackpropFilter', kernelFunc: depthwiseBackpropFilter },
    { kernelName: 'DepthwiseConv2dNativeBackpropInput', kernelFunc: depthwiseBackpropInput },
  ];
  for (const kernel of kernels) registerKernel({ ...kernel, backendName: 'wasm' });
  unregisterKernel('Conv2DBackpropInput', 'wasm');
  registerKernel({ ...builtIn, kernelFunc: conv2dBackpropInput(builtIn.kernelFunc) });
}
