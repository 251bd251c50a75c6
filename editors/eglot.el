;;; eglot.el --- Automations files in Emacs -*- lexical-binding: t -*-

;; Add this to init.el.  Eglot is part of Emacs 29 and newer; for older ones it is in GNU ELPA.
;; `yaml-mode' is in NonGNU ELPA; if you use `yaml-ts-mode', write that instead.

(require 'eglot)

;; A separate mode: a server for `yaml-mode' would be used for every YAML file of a project.
(define-derived-mode automations-mode yaml-mode "Automations"
  "Major mode for automations files and AI automations.")

(add-to-list 'auto-mode-alist
             '("/\\.\\(?:ona/config\\|\\(?:ona\\|gitpod\\)/automations\\)\\.ya?ml\\'"
               . automations-mode))
(add-to-list 'auto-mode-alist
             '("/\\(?:\\.ona/automations\\|\\.?ona/ai-automations\\)/[^/]+\\.ya?ml\\'"
               . automations-mode))
;; t instead of :json-false: run the plug-ins that a configuration names, in whatever repository you
;; open.
(add-to-list 'eglot-server-programs
             '((automations-mode :language-id "yaml")
               . ("automation-validator" "lsp" :initializationOptions (:trusted :json-false))))
(add-hook 'automations-mode-hook #'eglot-ensure)

;;; eglot.el ends here
