;;; eglot.el --- Automations files in Emacs -*- lexical-binding: t -*-

;; Goes into init.el.  Eglot is part of Emacs 29 and newer, in GNU ELPA for older ones.
;; `yaml-mode' is in NonGNU ELPA; write `yaml-ts-mode' where that is what you use.

(require 'eglot)

;; A mode of its own: a server of `yaml-mode' would be used for every YAML file of a project.
(define-derived-mode automations-mode yaml-mode "Automations"
  "Major mode for the automations file of a development environment.")

(add-to-list 'auto-mode-alist
             '("/\\.\\(?:ona/config\\|\\(?:ona\\|gitpod\\)/automations\\)\\.ya?ml\\'"
               . automations-mode))
(add-to-list 'eglot-server-programs
             '((automations-mode :language-id "yaml") . ("automation-validator" "lsp")))
(add-hook 'automations-mode-hook #'eglot-ensure)

;;; eglot.el ends here
