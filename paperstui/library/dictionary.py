"""What a stored text is told not to spell out: words of the trade, and the names in our JSON.

zlib sees these bytes before every text, so that even a short one finds much of itself in them: it saves a fifth.
They are part of every stored text. A byte that changes here makes all of them unreadable: a better list is another
list beside this one, under another number in `packing`.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

_WORDS: Final = """
 convolutional recurrent graph neural networks Bayesian probabilistic Gaussian splatting stochastic gradient descent
 variational autoencoder adversarial perturbation differentiable rendering neural radiance fields (NeRF) point cloud
 camera pose depth estimation optical flow 3D reconstruction scene mesh texture geometry view synthesis human motion
 avatar speech recognition audio music voice text-to-speech text-to-video text-to-image super-resolution inpainting
 medical clinical patients biology protein molecule chemistry physics climate weather robot robotics manipulation
 navigation locomotion autonomous driving embodied policy teleoperation simulator planning world model physical
 software engineering repository program synthesis code generation compiler unit tests bug theorem proving formal
 proof arithmetic mathematical reasoning problem solving competition legal financial scientific discovery education
 safety privacy security attack defense jailbreak refusal harmful toxic bias fairness watermark hallucination
 factuality uncertainty calibration interpretability probing steering mechanistic circuit neuron sparse autoencoder
 speculative decoding key-value (KV) cache eviction latency throughput memory footprint GPU hours hardware kernel
 quantization pruning low-rank adaptation (LoRA) parameter-efficient mixture-of-experts (MoE) routing sparsity
 knowledge distillation teacher student curriculum tokenizer vocabulary multilingual cross-lingual translation
 low-resource summarization dialogue conversation recommendation ranking question answering (QA) information retrieval
 retrieval-augmented generation (RAG) embedding document table chart web search tool use function calling agentic
 workflow multi-agent collaboration multi-turn long-horizon trajectory rollout environment verifiable rewards
 reward model preference optimization (DPO) human feedback (RLHF) policy gradient credit assignment exploration
 test-time scaling chain-of-thought (CoT) prompting in-context learning few-shot zero-shot instruction following
 supervised fine-tuning (SFT) pre-training post-training synthetic data mixture filtering contamination scaling laws
 self-supervised contrastive representation learning masked autoregressive denoising flow matching score-based latent
 space noise schedule sampling steps classifier-free guidance consistency high-fidelity controllable editing
 segmentation detection classification tracking recognition localization grounding captioning visual understanding
 spatial temporal vision-language-action cross-modal alignment encoder decoder backbone feature map attention
 mechanism positional transformer architecture token embedding layer width depth residual normalization activation
 convergence generalization out-of-distribution robustness theoretical analysis upper bound lower bound complexity
 optimal transport regularization loss function objective constraint convex closed form learning rate batch size
 hyperparameter random seed initialization ablation study error bars confidence interval statistically significant
 human evaluation annotators crowd judge expert inter-annotator agreement ground truth labels metric precision recall
 accuracy F1 score percentage points relative improvement average margin speedup faster fewer smaller larger cheaper
 million billion parameters hours frames pixels sentences questions examples samples images videos documents tasks
"""

_PHRASES: Final = """
 often sometimes however whereas although because therefore instead of rather than as well as up to at least less than
 more than one of the most each other them their there these those where which while when what who how why with without
 within between before after during under over through into from only also even still already much many several every
 same different new other large small high low long short first second third last next single two three four five six
 seven eight nine ten half twice times number of amount of part of kind of range of set of series of variety of
 known unknown given taken made found used built trained tested chosen shown learned measured compared computed
 can be used to, is able to, does not need, do not have, has been, have been, it is possible to, we find that, we show
 that, we observe that, we argue that, we also report, we further analyze, we study the problem of, we ask whether
 depends on the, based on the, consists of, results in, leads to, relies on, fails to, tends to, aims to, focuses on
 in terms of, in contrast to, in addition to, on top of, at the same time, in practice, for example, such as the
 across a wide range of, a variety of, in the presence of, without any additional, without sacrificing, with respect to
 at the cost of, as a function of, the number of, the quality of, the effect of, the use of, the problem of, the lack of
 remains challenging, remains an open problem, is a fundamental challenge, are limited by, suffer from, struggle with
 has attracted, plays a crucial role in, has become the standard, is still poorly understood, has received little
 attention. Recent advances in, Recent work has shown that, Existing methods, Existing approaches typically require
 Most existing, Prior work, Previous studies, Current benchmarks, Despite its, Despite the success of, To bridge this
 gap, we, To address these challenges, we propose, To address this limitation, we introduce, To this end, we develop
 a simple yet effective, a general, a unified framework for, a novel method that, a new benchmark for evaluating
 a comprehensive, a large-scale dataset of, a lightweight, a systematic study of, the first to, to the best of our
 knowledge. Specifically, we, In particular, Our key insight is that, The key idea is to, Inspired by, Building on
 this, Motivated by, Furthermore, we, Moreover, the, Additionally, we, In addition, Finally, we, Consequently,
 Surprisingly, Interestingly, Notably, our method, our approach, our model, our framework, this approach, the proposed
 method achieves competitive performance, significantly outperforms, consistently improves, surpasses, reduces the
 outperforming strong baselines, by a large margin, on a wide variety of tasks, at a fraction of the cost, and requires
 no additional training, while maintaining, while preserving, compared to, compared with existing methods, respectively.
 Extensive experiments on multiple benchmarks demonstrate that our, Experimental results show that the, Experiments on
 Our experiments show, Our results suggest that, Our findings, These results, These findings highlight the importance
 of demonstrating the effectiveness of, paving the way for, providing insights into, future research, future work
 Code and data are publicly available at https://github.com/, Code is available at https://, We release the code,
 Project page: https://huggingface.co/, .github.io/, The code, data and models will be released. open-source community
 real-world applications, real-world scenarios, downstream tasks, training data, inference time, computational cost
 text generation, image generation, video generation, natural language processing (NLP), computer vision, deep learning
 machine learning, reinforcement learning (RL), diffusion models, generative models, foundation models, neural network
 vision-language models (VLMs), multimodal large language models (MLLMs), large language model (LLM), Large Language
 Models (LLMs) have demonstrated remarkable capabilities in complex reasoning tasks, state-of-the-art performance on
 In this work, we present, In this paper, we propose a, we introduce, and the, of the, in the, to the, for the, on the
 with a, that is, it is, this is, by the, at the, from the, as a, is a, of a, to a, in a, are the, be the, we, and, of
 mathbb{R}^ \\mathcal{O}( \\textbf{ \\emph{ \\log_ \\epsilon \\theta \\alpha \\lambda \\times \\frac{ \\sum_{ $ \\% $,
"""

_NAMES: Final = (
    '"media":["https://cdn-uploads.huggingface.co/production/uploads/.mp4","https://huggingface.co/spaces/datasets/'
    '"withdrawn":"","repos":[{"kind":"dataset","id":"","likes":0,"downloads":0,"about":"text-generation"},{"kind":"model'
    '"upvoted":true,"models":1,"datasets":1,"spaces":1,"project_url":"https://.github.io/","categories":["cs.CL","cs.CV'
    '"hidden":true,"status":"extracted_pending","status_changed":"2025-06-2024-09-2026-10-01T00:00:00.000Z"'
    '{"authors":[{"name":""},{"name":"","account":{"login":"","name":"","avatar":"https://huggingface.co/avatars/'
    'aafe0987.svg","kind":"user","pro":true,"followers":12},"status":"claimed_verified"},{"name":"Zhang"},{"name":"Wang'
    '"status":"admin_assigned","status_changed":"2025-0"},{"name":"Li"},{"name":"Liu"},{"name":"Chen"}],'
    '{"organization":{"login":"","name":"University","avatar":"https://cdn-avatars.huggingface.co/v1/production/uploads/'
    '.png"},"submitter":{"login":"","name":"","avatar":"https://cdn-avatars.huggingface.co/v1/production/uploads/'
    '.jpeg","kind":"user","staff":true,"followers":1},"author_takes_part":true,"summary_model":"","code_added_by":"user",'
    '.png","kind":"user","pro":true,"followers":3},"author_takes_part":false,"code_added_by":"auto",'
    '"thumbnail":"https://cdn-thumbnails.huggingface.co/social-thumbnails/papers/2.png","discussion_id":"6"}'
)

FIRST: Final = " ".join(_WORDS.split()).encode() + " ".join(_PHRASES.split()).encode() + _NAMES.encode()
"""The first list. zlib finds what is nearest to the end for the fewest bits."""
